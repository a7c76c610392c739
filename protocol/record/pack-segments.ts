// Finds what segments repeat of their shell and of each other, long pieces only. A repeat that a host compresses away costs nothing to
// send, but gzip looks back over 32 kB only, and a browser stores what it was sent. Run by the build and the origin. Pure.

import { joined } from '../bytes.ts'
import type { PackedSegments, Step } from './packed-segments.ts'
import type { Segments } from './record.ts'

/** Bytes. A repeat of twice this length is found wherever it begins. */
const BLOCK = 512

/** Of the rolling hash of a block, which is multiplied by {@link FACTOR} for each byte that is added. */
const FACTOR = 0x01000193
const LAST_FACTOR: number = Array.from({ length: BLOCK }).reduce<number>((power) => Math.imul(power, FACTOR), 1)

export function packSegments(shell: Uint8Array, segments: Segments): PackedSegments {
  const whole = joined([shell, ...segments.values()])
  const steps: Step[] = []
  const literals: Uint8Array[] = []
  let packed = shell.length
  const add = (at: number, from: number, again: number): void => {
    steps.push([at - packed, from, again])
    literals.push(whole.subarray(packed, at))
    packed = at + again
  }
  for (const [start, from] of repeatsIn(whole, shell.length)) {
    // It may begin within a repeat that was found before.
    if (start < packed) continue
    const { at, ...piece } = grown(whole, { at: start, from }, packed)
    add(at, piece.from, piece.again)
  }
  if (packed < whole.length) add(whole.length, 0, 0)
  return { lengths: Array.from(segments, ([name, { length }]) => [name, length]), steps, bytes: joined(literals) }
}

/** Where a block begins that also occurs earlier, and where that is. Earlier blocks are looked for at every {@link BLOCK} bytes. */
function* repeatsIn(whole: Uint8Array, after: number): Generator<readonly [start: number, from: number]> {
  const blocks = new Map<number, number>()
  const mayBeThere = new Uint8Array(1 << 16)
  let hash = 0
  for (let end = 1; end <= whole.length; end++) {
    const start = end - BLOCK
    const leaves = start > 0 ? Math.imul(whole[start - 1] ?? 0, LAST_FACTOR) : 0
    hash = (Math.imul(hash, FACTOR) + (whole[end - 1] ?? 0) - leaves) | 0
    if (start < 0) continue
    const from = start >= after && mayBeThere[hash & 0xffff] === 1 ? blocks.get(hash) : undefined
    if (from !== undefined && from + BLOCK <= start && isSame(whole, from, start)) yield [start, from]
    if (start % BLOCK !== 0 || blocks.has(hash)) continue
    blocks.set(hash, start)
    mayBeThere[hash & 0xffff] = 1
  }
}

function isSame(whole: Uint8Array, one: number, other: number): boolean {
  for (let at = 0; at < BLOCK; at++) if (whole[one + at] !== whole[other + at]) return false
  return true
}

/** Extends a repeat at both ends as far as it is the same: not into what was packed already, nor into itself. */
function grown(
  whole: Uint8Array,
  { at: start, from: place }: { readonly at: number; readonly from: number },
  packed: number,
): { readonly at: number; readonly from: number; readonly again: number } {
  let [at, from] = [start, place]
  const first = Math.max(packed, place + BLOCK)
  while (at > first && from > 0 && whole[at - 1] === whole[from - 1]) [at, from] = [at - 1, from - 1]
  let again = start - at + BLOCK
  while (at + again < whole.length && from + again < at && whole[at + again] === whole[from + again]) again++
  return { at, from, again }
}

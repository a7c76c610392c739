// A record's segments without what its shell or another segment has already: `experimental.inlineCss` repeats the whole stylesheet three
// or four times in a record. They are sent and stored in this form, and unpacked when they are read. pack-segments.ts packs them. Pure.
//
//   must give back every byte or nothing: what is cut, stretched or points elsewhere is no record.

import { isArrayOf, isCount, isString } from '../json-shape.ts'
import type { Segments } from './record.ts'

/** Take `literal` bytes of what was packed, then repeat `again` bytes of shell and segments, beginning at `from`. */
export type Step = readonly [literal: number, from: number, again: number]

/** Of shell and segments together. Anything that claims to be larger is not ours: a few steps can ask for all available memory. */
const MOST_BYTES = 64 * 1024 * 1024

export type PackedSegments = {
  /** In order, with the lengths that they have when unpacked. */
  readonly lengths: readonly (readonly [name: string, length: number])[]
  /** The last one ends where the bytes do. */
  readonly steps: readonly Step[]
  readonly bytes: Uint8Array<ArrayBuffer>
}

export function isLengths(value: unknown): value is PackedSegments['lengths'] {
  const isLength = (pair: unknown): pair is [string, number] =>
    Array.isArray(pair) && pair.length === 2 && isString(pair[0]) && pair[0].startsWith('/') && isCount(pair[1])
  return isArrayOf(value, isLength) && new Map(value).size === value.length
}

export function isSteps(value: unknown): value is PackedSegments['steps'] {
  return isArrayOf(value, (step): step is [number, number, number] => isArrayOf(step, isCount) && step.length === 3)
}

/** Undefined if they are not this shell's. */
export function unpackSegments(shell: Uint8Array, { lengths, steps, bytes }: PackedSegments): Segments | undefined {
  let [at, read] = [shell.length, 0]
  for (const [literal, from, again] of steps) {
    if (from + again > at + literal) return undefined
    at += literal + again
    read += literal
  }
  if (at > MOST_BYTES) return undefined
  if (read !== bytes.length || at !== lengths.reduce((sum, [, length]) => sum + length, shell.length)) return undefined
  const whole = new Uint8Array(at)
  whole.set(shell)
  ;[at, read] = [shell.length, 0]
  for (const [literal, from, again] of steps) {
    whole.set(bytes.subarray(read, (read += literal)), at)
    at += literal
    whole.copyWithin(at, from, from + again)
    at += again
  }
  at = shell.length
  return new Map(lengths.map(([name, length]) => [name, whole.slice(at, (at += length))]))
}

// What every record is checked by: the hash of its shell, and when it was made.

import { type Digest, toDigest } from '../../protocol/digest.ts'
import type { ShellRecord } from '../../protocol/record/record.ts'

/** SHA-256 of 200 KB takes 0.1 ms (docs/discoveries/costs.md): every read can afford it. */
export async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<Digest> {
  return toDigest(await crypto.subtle.digest('SHA-256', bytes))
}

/**
 * The record that came with an answer, with `madeAt` by this browser's clock. Its age comes from the server's clock at both ends, so a
 * browser's wrong clock makes no record younger or older. An answer that says no time leaves the moment of its receipt.
 */
export function byOwnClock(record: ShellRecord, answer: Headers, now: number): ShellRecord {
  if (record.madeAt === undefined) return record
  return { ...record, madeAt: now - (ageOf(record.madeAt, answer) ?? 0) }
}

/** A cache on the way says how long ago the server wrote `Date`. */
function ageOf(madeAt: number, answer: Headers): number | undefined {
  const written = Date.parse(answer.get('date') ?? '')
  const held = Number(answer.get('age') ?? 0)
  const age = written + (held > 0 ? held * 1000 : 0) - madeAt
  return Number.isFinite(age) ? Math.max(0, age) : undefined
}

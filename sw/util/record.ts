// The two values by which every record is checked: the hash of its shell, and when it was made.

import { type Digest, toDigest } from '../../protocol/digest.ts'
import type { ShellRecord } from '../../protocol/record/record.ts'

/** SHA-256 of 200 KB takes 0.1 ms (docs/discoveries/costs.md): every read can afford it. */
export async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<Digest> {
  return toDigest(await crypto.subtle.digest('SHA-256', bytes))
}

/**
 * The received record, with `madeAt` converted to this browser's clock. Its age is the difference of two times of the server's clock, so a
 * wrong clock in the browser makes no record younger or older. Without a date in the response, the moment of receipt counts.
 */
export function byOwnClock(record: ShellRecord, answer: Headers, now: number): ShellRecord {
  if (record.madeAt === undefined) return record
  return { ...record, madeAt: now - (ageOf(record.madeAt, answer) ?? 0) }
}

/** `Age` is from a cache on the way: how long ago the server wrote `Date`. */
function ageOf(madeAt: number, answer: Headers): number | undefined {
  const written = Date.parse(answer.get('date') ?? '')
  const held = Number(answer.get('age') ?? 0)
  const age = written + (held > 0 ? held * 1000 : 0) - madeAt
  return Number.isFinite(age) ? Math.max(0, age) : undefined
}

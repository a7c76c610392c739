// A response that the worker puts together.

import type { StoredRecord } from '../../protocol/record/stored.ts'
import { type Outcome, serverTiming, type Waits } from '../../protocol/wire.ts'

export type Assembly = {
  readonly outcome: Outcome
  /** Those that came with the verdict; without them the record's own are sent. */
  readonly headers?: Headers
  /** What was made from it is known to have changed. */
  readonly isInvalidated?: boolean
  readonly waits?: Waits
}

export function toResponse(record: StoredRecord, body: BodyInit, assembly: Assembly): Response {
  const { outcome, headers: given, isInvalidated = false, waits } = assembly
  const headers = given ?? new Headers(record.headers.map(([name, value]): [string, string] => [name, value]))
  const age = Date.now() - record.receivedAt
  const { revalidate = Infinity } = record.lifetime
  headers.append('server-timing', serverTiming(outcome, age, isInvalidated || age > revalidate * 1000, waits))
  return new Response(body, { status: record.status, headers })
}

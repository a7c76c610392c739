// Assembles the worker's own responses.

import type { StoredRecord } from '../../protocol/record/stored.ts'
import { type Outcome, serverTiming, type Waits } from '../../protocol/wire.ts'

export type Assembly = {
  readonly outcome: Outcome
  /** The headers that came with the verdict. Without them the record's own are sent. */
  readonly headers?: Headers
  /** What the record was made from is known to have changed. */
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

// A response that the worker puts together. Called by navigate.ts and gated.ts.

import { serverTiming, type Outcome } from '../../protocol/wire.ts'
import type { StoredRecord } from '../store/schema.ts'

/** @param headers - Those that came with the verdict; without them the record's own are sent. */
export function assembled(record: StoredRecord, body: BodyInit, outcome: Outcome, headers?: Headers): Response {
  const sent = headers ?? new Headers(record.headers.map(([name, value]): [string, string] => [name, value]))
  sent.append('server-timing', serverTiming(outcome))
  return new Response(body, { status: record.status, headers: sent })
}

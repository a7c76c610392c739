// A request as data, taken off the socket once.

import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

import { RECORD_HEADER, RESUME_HEADER } from '../../protocol/wire.ts'

export type OriginRequest = {
  readonly method: string
  /** Path and query as they came, percent-encoding and all. */
  readonly target: string
  readonly headers: IncomingHttpHeaders
  /** The bytes of the body, not read yet. */
  readonly body: AsyncIterable<Uint8Array>
}

/** Whether a request is ours to answer. Whatever else it says is the gate's to judge. */
export function isOurs({ headers }: IncomingMessage): boolean {
  return headers[RESUME_HEADER] !== undefined || headers[RECORD_HEADER] !== undefined
}

/** A server action, ours or not: its answer tells what it has changed. */
export function isAction({ method, headers }: IncomingMessage): boolean {
  return method === 'POST' && headers['next-action'] !== undefined
}

export function toOriginRequest(incoming: IncomingMessage): OriginRequest {
  return { method: incoming.method ?? '', target: incoming.url ?? '', headers: incoming.headers, body: incoming }
}

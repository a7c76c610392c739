// A request as data, taken from the socket once.

import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

import { RECORD_HEADER, RESUME_HEADER } from '../../protocol/wire.ts'

export type OriginRequest = {
  /** Path and query, unchanged, with their percent-encoding. */
  readonly target: string
  readonly headers: IncomingHttpHeaders
  /** The bytes of the body, not read yet. */
  readonly body: AsyncIterable<Uint8Array>
}

/**
 * Whether we answer a request; everything else that it says is judged by the gate. We ask by POST only: on any other method our header
 * means nothing, as in an app without us.
 */
export function isOurs({ method, headers }: IncomingMessage): boolean {
  return method === 'POST' && (headers[RESUME_HEADER] !== undefined || headers[RECORD_HEADER] !== undefined)
}

/** A server action, ours or not: its response tells what it has changed. */
export function isAction({ method, headers }: IncomingMessage): boolean {
  return method === 'POST' && headers['next-action'] !== undefined
}

export function toOriginRequest(incoming: IncomingMessage): OriginRequest {
  return { target: incoming.url ?? '', headers: incoming.headers, body: incoming }
}

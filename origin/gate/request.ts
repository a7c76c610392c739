// A request as data, taken off the socket once.

import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

import { RECORD_HEADER, RESUME_HEADER } from '../../protocol/wire.ts'

export type OriginRequest = {
  /** Path and query as they came, percent-encoding and all. */
  readonly target: string
  readonly headers: IncomingHttpHeaders
  /** The bytes of the body, not read yet. */
  readonly body: AsyncIterable<Uint8Array>
}

/**
 * Whether a request is ours to answer; what it says beyond that is the gate's to judge. We ask by POST alone: on anything else our
 * header means nothing, as in an app without us.
 */
export function isOurs({ method, headers }: IncomingMessage): boolean {
  return method === 'POST' && (headers[RESUME_HEADER] !== undefined || headers[RECORD_HEADER] !== undefined)
}

/** A server action, ours or not: its answer tells what it has changed. */
export function isAction({ method, headers }: IncomingMessage): boolean {
  return method === 'POST' && headers['next-action'] !== undefined
}

export function toOriginRequest(incoming: IncomingMessage): OriginRequest {
  return { target: incoming.url ?? '', headers: incoming.headers, body: incoming }
}

// A request as data, taken off the socket once; and the same request as Next is then shown it. Called by index.ts and handle.ts.

import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

import { RECORD_HEADER, RESUME_HEADER } from '../protocol/wire.ts'
import type { Admitted } from './admit.ts'

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

/** From here on the request is the page's plain GET, for the proxy, the router and the page (design.md, invariant 4). */
export function showPlainGet(incoming: IncomingMessage, { target, headers }: Admitted): void {
  incoming.method = 'GET'
  incoming.url = target
  incoming.headers = asNavigation(headers)
}

/** What a browser would have said of the navigation itself; a client that says nothing of the kind still says nothing. */
function asNavigation(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return headers['sec-fetch-mode'] === undefined
    ? { ...headers }
    : { ...headers, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
}

// A request as data, taken off the socket once. Called by attach.ts's listener through index.ts.

import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

import { RESUME_HEADER } from '../protocol/wire.ts'

export type ResumeRequest = {
  readonly method: string
  /** Path and query as they came, percent-encoding and all. */
  readonly target: string
  readonly headers: IncomingHttpHeaders
  /** The bytes of the body, not read yet. */
  readonly body: AsyncIterable<Uint8Array>
}

/** Whether a request is ours to answer. Whatever else it says is the gate's to judge. */
export function isResume(incoming: IncomingMessage): boolean {
  return incoming.headers[RESUME_HEADER] !== undefined
}

export function toResumeRequest(incoming: IncomingMessage): ResumeRequest {
  return { method: incoming.method ?? '', target: incoming.url ?? '', headers: incoming.headers, body: incoming }
}

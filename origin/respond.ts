// The last word on a response: a refusal as such, or Next's render with the verdict on its head. Called by handle.ts.
//
//   must say `resumed` only of a render that Next began with 200 and HTML (a status alone proves nothing);
//   must never end a broken render cleanly: the worker takes a cut connection for what it is, a clean end for a page;
//   must tell the client nothing of the cause.

import { ServerResponse } from 'node:http'

import type { Digest } from '../protocol/digest.ts'
import { formatVerdict, type Refusal } from '../protocol/verdict.ts'
import { VERDICT_HEADER } from '../protocol/wire.ts'
import { Refused, statusOf } from './refused.ts'

/** Neither a cache nor another origin's page may have any of it. */
const PRIVATE: readonly (readonly [string, string])[] = [
  ['cache-control', 'private, no-store'],
  ['x-content-type-options', 'nosniff'],
]

/** 503 should say when to come back, 405 must say what is allowed (RFC 9110, 15.6.4 and 15.5.6). */
const ADDED: { readonly [reason in Refusal]?: readonly [string, string] } = {
  busy: ['retry-after', '1'],
  method: ['allow', 'POST'],
}

/** Sends a refusal as the whole answer. Does nothing where a head is out already. */
export function sendRefusal(response: ServerResponse, { reason }: Refused): void {
  if (response.headersSent || response.closed) return
  for (const name of response.getHeaderNames()) response.removeHeader(name)
  const added = ADDED[reason]
  for (const [name, value] of added ? [...PRIVATE, added] : PRIVATE) response.setHeader(name, value)
  response.setHeader(VERDICT_HEADER, formatVerdict({ kind: 'refused', reason }))
  response.setHeader('content-length', '0')
  // Node reads past a body that nobody touched, not past one that was given up on: a request behind it would wait for ever.
  if (response.req.readableDidRead && !response.req.complete) response.setHeader('connection', 'close')
  // Node's own methods, below whatever wraps this response by now: the guard of sealHead and Next's compression.
  ServerResponse.prototype.writeHead.call(response, statusOf(reason))
  // oxlint-disable-next-line typescript/unbound-method -- applied to the response here
  Reflect.apply(ServerResponse.prototype.end, response, [])
}

/** Ends what failed. After the head nothing can be taken back: the connection is cut, so that the worker sees a break. */
export function breakOff(response: ServerResponse): void {
  if (response.writableEnded) return
  if (response.headersSent) response.destroy()
  else sendRefusal(response, new Refused('failed'))
}

/**
 * Puts the verdict on the head that Next is about to send. Where that head is not a resumed page's, the client gets a refusal
 * and nothing of Next's answer. Must be called before anything else that wraps the response (Next's compression).
 */
export function sealHead(response: ServerResponse, resumed: Resumed): void {
  // oxlint-disable-next-line typescript/unbound-method -- applied to the response again below
  const { write, end, writeHead } = response
  let decided: boolean | undefined
  const passes = (status: number): boolean => (decided ??= announceOrRefuse(response, status, resumed))
  Object.assign(response, {
    write: (...args: unknown[]) => !passes(response.statusCode) || Reflect.apply(write, response, args),
    end: (...args: unknown[]) => (passes(response.statusCode) ? Reflect.apply(end, response, args) : response),
    writeHead: (status: number, ...args: unknown[]) =>
      passes(status) ? Reflect.apply(writeHead, response, [status, ...args]) : response,
  })
}

type Resumed = { readonly digest: Digest; readonly current: Digest }

/** Whether what Next writes may go out. A head that is out already is a refusal's: the deadline was faster than Next. */
function announceOrRefuse(response: ServerResponse, status: number, { digest, current }: Resumed): boolean {
  if (response.headersSent) return false
  if (status !== 200 || !isHtml(response)) {
    sendRefusal(response, new Refused('failed'))
    return false
  }
  for (const [name, value] of PRIVATE) response.setHeader(name, value)
  response.removeHeader('etag')
  response.setHeader(VERDICT_HEADER, formatVerdict({ kind: 'resumed', digest, current }))
  return true
}

function isHtml(response: ServerResponse): boolean {
  return /^text\/html\b/.test(String(response.getHeader('content-type') ?? ''))
}

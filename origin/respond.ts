// The last word on a response: a refusal as such, or Next's render with the verdict on its head. Called by handle.ts.
//
//   must say `resumed` only of a render that Next began with 200 and HTML (a status alone proves nothing);
//   must never end a broken render cleanly: the worker takes a cut connection for what it is, a clean end for a page;
//   must tell the client nothing of the cause.

import type { ServerResponse } from 'node:http'

import type { Digest } from '../protocol/digest.ts'
import { formatVerdict } from '../protocol/verdict.ts'
import { VERDICT_HEADER } from '../protocol/wire.ts'
import { Refused, statusOf } from './refused.ts'

/** Neither a cache nor another origin's page may have any of it. */
const PRIVATE: readonly (readonly [string, string])[] = [
  ['cache-control', 'private, no-store'],
  ['x-content-type-options', 'nosniff'],
]

export function sendRefusal(response: ServerResponse, { reason }: Refused): void {
  if (response.headersSent || response.closed) return
  for (const name of response.getHeaderNames()) response.removeHeader(name)
  response.statusCode = statusOf(reason)
  for (const [name, value] of PRIVATE) response.setHeader(name, value)
  response.setHeader(VERDICT_HEADER, formatVerdict({ kind: 'refused', reason }))
  if (reason === 'busy') response.setHeader('retry-after', '1')
  response.setHeader('content-length', '0')
  response.end()
}

/** Ends what failed. After the head nothing can be taken back: the connection is cut, so that the worker sees a break. */
export function breakOff(response: ServerResponse): void {
  if (response.headersSent) response.destroy()
  else sendRefusal(response, new Refused('failed'))
}

/**
 * Puts the verdict on the head that Next is about to send. Where that head is not a resumed page's, the client gets a refusal
 * and nothing of Next's answer. Must be called before anything else that wraps the response (Next's compression).
 */
export function sealHead(response: ServerResponse, digest: Digest): void {
  // oxlint-disable-next-line typescript/unbound-method -- applied to the response again below
  const original = { write: response.write, end: response.end, writeHead: response.writeHead }
  let passes: boolean | undefined
  const decide = (status: number): boolean => {
    if (passes !== undefined) return passes
    passes = status === 200 && isHtml(response)
    if (passes) announce(response, digest)
    else refuse()
    return passes
  }
  const refuse = (): void => {
    Object.assign(response, original)
    sendRefusal(response, new Refused('failed'))
    Object.assign(response, { write: () => true, end: () => response, writeHead: () => response })
  }
  Object.assign(response, {
    write: (...args: unknown[]) => !decide(response.statusCode) || Reflect.apply(original.write, response, args),
    end: (...args: unknown[]) => (decide(response.statusCode) ? Reflect.apply(original.end, response, args) : response),
    writeHead: (status: number, ...args: unknown[]) =>
      decide(status) ? Reflect.apply(original.writeHead, response, [status, ...args]) : response,
  })
}

function isHtml(response: ServerResponse): boolean {
  return /^text\/html\b/.test(String(response.getHeader('content-type') ?? ''))
}

function announce(response: ServerResponse, digest: Digest): void {
  for (const [name, value] of PRIVATE) response.setHeader(name, value)
  response.removeHeader('etag')
  response.setHeader(VERDICT_HEADER, formatVerdict({ kind: 'resumed', digest, current: digest }))
}

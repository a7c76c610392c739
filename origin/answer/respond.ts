// Sends the response to a resume: a refusal, a record, or Next's own response once the page is confirmed. Until then nothing that Next
// writes gets out: no redirect, no response of the proxy, no other page. It must wrap the response before Next sees the request, so that
// it is below everything else that wraps the response (Next's compression).
//
//   must say `resumed` only of a render that Next began with 200 and HTML (a status alone proves nothing);
//   must never end a broken render cleanly: the worker recognises a cut connection, but takes a clean end for a whole page;
//   must tell the client nothing of the cause.

import { ServerResponse } from 'node:http'

import { isSecurityHeader } from '../../protocol/build/host-headers.ts'
import type { HeaderList } from '../../protocol/record/record.ts'
import { formatVerdict, type Refusal, type Verdict } from '../../protocol/verdict.ts'
import { ADDED_HEADER, PRELOAD_HEADER, SWITCH_HEADER, VERDICT_HEADER } from '../../protocol/wire.ts'
import { Refused, statusOf } from '../gate/refused.ts'
import type { Dictionary } from '../records/dictionary.ts'
import { tellVerdict } from '../next/telemetry.ts'
import { tellClientGone } from './client-gone.ts'
import { type Compressed, compressRest, encodingHeaders } from './compressed.ts'
import { freePlace } from './place.ts'

/** No page of another origin may read any of the response as some other type. */
const NOSNIFF = ['x-content-type-options', 'nosniff'] as const
const PRIVATE: readonly (readonly [string, string])[] = [['cache-control', 'private, no-store'], NOSNIFF]

/** When to retry (RFC 9110, 15.6.4). */
const ADDED: { readonly [reason in Refusal]?: readonly [string, string] } = { busy: ['retry-after', '1'] }

/** Sends a refusal as the whole response. Does nothing if a head was sent already. */
export function sendRefusal(response: ServerResponse, refused: Refused): void {
  const { reason } = refused
  const added = ADDED[reason]
  sendWhole(response, statusOf(reason), { kind: 'refused', reason }, added ? [added] : [])
}

/** Ends a failed response. After the head nothing can be taken back: the connection is cut, so that the worker sees a break. */
export function abortResponse(response: ServerResponse): void {
  if (response.writableEnded) return
  // The socket of the request: a response that waits behind another one has none yet.
  if (response.headersSent) response.req.socket.destroy()
  else sendRefusal(response, new Refused('failed'))
  tellClientGone(response)
}

/** Next's response, held back until it is decided what becomes of it. */
export type InterceptedResponse = {
  /** Sends it, with the verdict on its head; sends `failed` instead if that head is not a page's. */
  readonly commit: (verdict: Resumed) => void
  readonly refuse: (refused: Refused) => void
  /**
   * Also sends the page's security headers if the page is the same for everybody: a host may add some that the build does not know.
   *
   * @param frame - Empty if the browser has the record already.
   */
  readonly sendRecord: (verdict: Recorded, frame: Uint8Array, isForAll: boolean) => void
  /** The headers that Next has set on the response so far. */
  readonly headers: () => HeaderList
}

type Resumed = Extract<Verdict, { kind: 'resumed' }>
type Recorded = Extract<Verdict, { kind: 'recorded' }>

export function interceptResponse(response: ServerResponse): InterceptedResponse {
  // oxlint-disable-next-line typescript/unbound-method -- applied to the response again below
  const { write, end, writeHead } = response
  let announced: Resumed | undefined
  let decided: boolean | undefined
  const passes = (status: number): boolean => (decided ??= isReleasable(response, status, announced))
  Object.assign(response, {
    // False if the response is dropped: then the writer must stop, too.
    write: (...args: unknown[]) => passes(response.statusCode) && Reflect.apply(write, response, args),
    end: (...args: unknown[]) => (passes(response.statusCode) ? Reflect.apply(end, response, args) : response),
    writeHead: (status: number, ...args: unknown[]) =>
      passes(status) ? Reflect.apply(writeHead, response, [status, ...args]) : response,
  })
  return {
    commit: (verdict) => void (announced = verdict),
    refuse(refused) {
      decided = false
      sendRefusal(response, refused)
      tellClientGone(response)
    },
    sendRecord(verdict, frame, isForAll) {
      decided = false
      const ofPage = isForAll ? headersOf(response).filter(([name]) => isSecurityHeader(name)) : []
      sendWhole(response, 200, verdict, [['content-type', 'application/octet-stream'], ...ofPage], frame)
    },
    headers: () => headersOf(response),
  }
}

function headersOf(response: ServerResponse): HeaderList {
  return Object.entries(response.getHeaders()).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, String(value)]),
  )
}

/**
 * Puts the verdict on the head of Next's response and keeps the response out of every cache, if that head is a page's. Any other response
 * of Next is sent unchanged.
 *
 * @param dictionary - Compresses the rest for a browser that has it.
 */
export function commitRest(response: ServerResponse, verdict: Resumed, dictionary?: Dictionary): void {
  // oxlint-disable-next-line typescript/unbound-method -- applied to the response again below
  const { write, end, writeHead } = response
  const { headers } = response.req
  let isSaid = false
  let compressed: Compressed | undefined
  const say = (status: number): void => {
    const isLate = isSaid || response.headersSent
    isSaid = true
    if (isLate || status !== 200 || !isHtml(response)) return
    const isCompressed = dictionary?.isHeldBy(headers) === true
    const varied = [textOf(response, 'vary'), PRELOAD_HEADER, isCompressed && 'accept-encoding, available-dictionary']
    commit(response, verdict, [['vary', varied.filter(Boolean).join(', ')], ...encodingHeaders(dictionary, headers)])
    if (isCompressed)
      compressed = compressRest(response, dictionary, {
        write: (chunk) => Reflect.apply(write, response, [chunk]),
        end: () => Reflect.apply(end, response, []),
      })
  }
  Object.assign(response, {
    write(...args: unknown[]) {
      say(response.statusCode)
      return compressed ? compressed.write(...args) : Reflect.apply(write, response, args)
    },
    end(...args: unknown[]) {
      say(response.statusCode)
      return compressed ? compressed.end(...args) : Reflect.apply(end, response, args)
    },
    writeHead(status: number, ...args: unknown[]) {
      say(status)
      return Reflect.apply(writeHead, response, [status, ...args])
    },
  })
}

/** Whether what Next writes may be sent. If a head was sent already, it is a refusal's: the deadline came before Next. */
function isReleasable(response: ServerResponse, status: number, announced: Resumed | undefined): boolean {
  if (response.headersSent) return false
  if (announced && status === 200 && isHtml(response)) {
    commit(response, announced)
    return true
  }
  if (announced || status >= 500) sendRefusal(response, new Refused('failed'))
  else if (status === 404) sendRefusal(response, new Refused('absent'))
  else sendWhole(response, statusOf('route'), { kind: 'refused', reason: 'route' }, redirectOf(response, status))
  tellClientGone(response)
  return false
}

/**
 * Whether a header tells caches on the way how long to keep a response, whatever `Cache-Control` says (RFC 9213; the names are those of
 * Cloudflare, Fastly, Akamai and nginx). No cache may keep half a page.
 */
function isForCaches(name: string): boolean {
  return /^(?:(?:.+-)?cdn-cache-control|surrogate-control|edge-control|x-accel-expires|expires)$/i.test(name)
}

/** A resumed response keeps the page's own headers: a worker that has not shown anything yet uses them for its shell. */
function commit(response: ServerResponse, verdict: Resumed, more: readonly (readonly [string, string])[] = []): void {
  const isPrivate = /\bno-store\b/.test(String(response.getHeader('cache-control')))
  const wanted = [...(isPrivate ? [NOSNIFF] : PRIVATE), ...more]
  const removed = response.getHeaderNames().filter(isForCaches)
  const replaced = [...wanted.map(([name]) => name), ...removed].map(
    (name) => [name, response.getHeader(name) === undefined ? null : textOf(response, name)] as const,
  )
  for (const name of removed) response.removeHeader(name)
  for (const [name, value] of wanted) response.setHeader(name, value)
  response.setHeader(ADDED_HEADER, JSON.stringify(Object.fromEntries(replaced)))
  response.removeHeader('etag')
  response.setHeader(VERDICT_HEADER, formatVerdict(verdict))
  tellVerdict(response, verdict)
}

/** All values as one text, as a browser reads them. */
function textOf(response: ServerResponse, name: string): string {
  return [response.getHeader(name) ?? []].flat().join(', ')
}

/** Where Next would have sent the visitor: a fetch cannot read that from a redirect. */
function redirectOf(response: ServerResponse, status: number): readonly Header[] {
  const location = response.getHeader('location')
  return status < 300 || status > 399 || typeof location !== 'string' ? [] : [['location', location]]
}

type Header = readonly [name: string, value: string | readonly string[]]

/** Does nothing if a head was sent already. */
function sendWhole(
  response: ServerResponse,
  status: number,
  verdict: Verdict,
  headers: readonly Header[],
  body: Uint8Array = new Uint8Array(0),
): void {
  if (response.headersSent || response.closed) return
  writeHead(response, status, verdict, headers, body.length)
  // Node's own method, below everything that wraps this response by now: interceptResponse and Next's compression.
  // oxlint-disable-next-line typescript/unbound-method -- applied to the response here
  Reflect.apply(ServerResponse.prototype.end, response, [Buffer.from(body)])
  freePlace(response)
}

function writeHead(
  response: ServerResponse,
  status: number,
  verdict: Verdict,
  headers: readonly Header[],
  length: number,
): void {
  tellVerdict(response, verdict)
  // The proxy may have used up a token: its successor is sent with every response, or the visitor's session ends.
  for (const name of response.getHeaderNames())
    if (name !== 'set-cookie' && name !== SWITCH_HEADER) response.removeHeader(name)
  for (const [name, value] of PRIVATE) response.setHeader(name, value)
  for (const [name, value] of headers) response.appendHeader(name, value)
  response.setHeader(VERDICT_HEADER, formatVerdict(verdict))
  response.setHeader('content-length', String(length))
  // Node skips a body that was never read, but not one that was given up on: a request behind it would wait forever.
  if (response.req.readableDidRead && !response.req.complete) response.setHeader('connection', 'close')
  ServerResponse.prototype.writeHead.call(response, status)
}

function isHtml(response: ServerResponse): boolean {
  return /^text\/html\b/.test(String(response.getHeader('content-type') ?? ''))
}

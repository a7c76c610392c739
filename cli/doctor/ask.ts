// Sends one request to a deployment, with what fetch hides: when the response began and ended, how it was compressed, and headers that
// only a browser may set.

import { once } from 'node:events'
import { type IncomingHttpHeaders, type IncomingMessage, request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import { type Duplex, PassThrough, pipeline } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

export type Answer = {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Decompressed. */
  readonly body: Uint8Array<ArrayBuffer>
  /** Milliseconds from the request to the headers, to the first readable byte of the body, and to the end. */
  readonly headAfter: number
  readonly firstAfter: number
  readonly endAfter: number
}

export type Question = { readonly method?: 'GET' | 'POST'; readonly headers?: Readonly<Record<string, string>> }

/** A healthy deployment has answered by this time. */
const ANSWER_TIMEOUT_MS = 30_000

/** Rejects on a timeout, or if the response breaks off. Does not follow redirects: they are responses, too. */
export async function ask(url: URL, { method = 'GET', headers = {} }: Question = {}): Promise<Answer> {
  const started = performance.now()
  const send = url.protocol === 'https:' ? requestSecure : requestPlain
  const sent = send(url, {
    method,
    headers: { 'accept-encoding': 'gzip, br', accept: 'text/html,*/*', ...headers },
    signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
  })
  sent.end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  const headAfter = performance.now() - started
  const chunks: Uint8Array[] = []
  let firstAfter: number | undefined
  for await (const chunk of decompressed(response)) {
    firstAfter ??= performance.now() - started
    chunks.push(chunk)
  }
  const endAfter = performance.now() - started
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: new Uint8Array(Buffer.concat(chunks)),
    headAfter,
    firstAfter: firstAfter ?? endAfter,
    endAfter,
  }
}

function decompressed(response: IncomingMessage): AsyncIterable<Uint8Array> {
  const encoding = response.headers['content-encoding']
  const decompress = DECOMPRESSORS[encoding ?? ''] ?? (() => new PassThrough())
  // Not `pipe`: if the response broke off, the reader would wait forever.
  return pipeline(response, decompress(), () => {})
}

const DECOMPRESSORS: Readonly<Record<string, () => Duplex>> = {
  gzip: createGunzip,
  br: createBrotliDecompress,
  deflate: createInflate,
}

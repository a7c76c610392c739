// Sends requests that no library would send: the path unchanged, any header, any body. If the server does not answer, the request
// fails after a timeout: a hanging socket must fail a test and not stop the suite.

import { once } from 'node:events'
import { type Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http'

import { ANSWER_MS } from './timeouts.ts'

export type RawRequest = {
  readonly path: string
  readonly method?: string
  readonly headers?: OutgoingHttpHeaders
  readonly body?: Uint8Array | string | undefined
}

export type RawAnswer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string }

export async function ask(port: number, asked: RawRequest, agent?: Agent): Promise<RawAnswer> {
  const { bytes, ...head } = await askForBytes(port, asked, agent)
  return { ...head, text: bytes.toString() }
}

export async function askForBytes(
  port: number,
  { path, method = 'POST', headers = {}, body }: RawRequest,
  agent?: Agent,
): Promise<Omit<RawAnswer, 'text'> & { readonly bytes: Buffer<ArrayBuffer> }> {
  const outgoing = request({ port, host: 'localhost', path, method, headers, ...(agent ? { agent } : {}) })
  outgoing.setTimeout(ANSWER_MS, () => outgoing.destroy(new Error(`${method} ${path} was not answered`)))
  outgoing.end(body)
  const [answer] = await once(outgoing, 'response')
  const chunks: Buffer[] = await answer.toArray()
  return { status: answer.statusCode, headers: answer.headers, bytes: Buffer.concat(chunks) }
}

export const verdictOf = ({ headers }: RawAnswer): string => String(headers['shell-cache-verdict'])

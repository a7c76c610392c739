// A small server on the loopback address in front of a host's functions. It serves files and passes everything else on.

import { once } from 'node:events'
import { createReadStream, statSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { extname } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export type Front = AsyncDisposable & { readonly port: number }

export type Answer = (incoming: IncomingMessage, outgoing: ServerResponse) => void | Promise<void>

/** @param port - A free one. */
export async function startFront(port: number, answer: Answer): Promise<Front> {
  const server = createServer((incoming, outgoing) => {
    Promise.resolve(answer(incoming, outgoing)).catch((error: unknown) => {
      // A browser that has disconnected is no error.
      if (!outgoing.destroyed) console.error(error)
      outgoing.destroy()
    })
  })
  server.listen(port, 'localhost')
  await once(server, 'listening')
  return {
    port,
    async [Symbol.asyncDispose]() {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
}

export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

/** Sends a file unchanged, with the content type that hosts derive from its name. */
export async function sendFile(
  outgoing: ServerResponse,
  file: string,
  headers: Readonly<Record<string, string>>,
  status = 200,
): Promise<void> {
  outgoing.writeHead(status, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-length': statSync(file).size,
    ...headers,
  })
  await pipeline(createReadStream(file), outgoing)
}

export type Call = {
  readonly port: number
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Readable | Uint8Array
}

/** The response of a function that runs on its own port. */
export async function call({ port, method, path, headers, body }: Call): Promise<IncomingMessage> {
  const onward = request({ host: 'localhost', port, method, path, headers })
  const answered = once(onward, 'response').then(([response]: IncomingMessage[]) => response)
  if (body instanceof Uint8Array) onward.end(body)
  else body.pipe(onward)
  const response = await answered
  if (!response) throw new Error(`No response to ${method} ${path}`)
  return response
}

/** Headers of a single connection must not be forwarded. */
export function withoutConnection(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
  const { connection, 'keep-alive': keepAlive, 'transfer-encoding': coding, ...rest } = headers
  void [connection, keepAlive, coding]
  return rest
}

/** Passes a request and its response on, unchanged. */
export async function passOn(incoming: IncomingMessage, outgoing: ServerResponse, port: number): Promise<void> {
  const { method = 'GET', url: path = '/', headers } = incoming
  const response = await call({ port, method, path, headers, body: incoming })
  outgoing.writeHead(response.statusCode ?? 502, withoutConnection(response.headers))
  outgoing.flushHeaders()
  await pipeline(response, outgoing)
}

// Proves what is reported of one response, and that a response that breaks off does not keep the caller waiting.

import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'

import { expect, it } from 'vitest'

import { ask } from './ask.ts'

async function serve(listener: RequestListener): Promise<AsyncDisposable & { readonly url: URL }> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: new URL(`http://127.0.0.1:${address.port}/`),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

it('reads an answer, compressed or not', async () => {
  await using plain = await serve((_request, response) => void response.writeHead(201, { 'x-a': 'b' }).end('words'))
  const { status, headers, body } = await ask(plain.url)
  expect([status, headers['x-a'], Buffer.from(body).toString()]).toEqual([201, 'b', 'words'])
  await using compressed = await serve(
    (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('words')),
  )
  expect(Buffer.from((await ask(compressed.url)).body).toString()).toBe('words')
})

it.each(['gzip', undefined])('rejects if an answer breaks off, encoding %s', async (encoding) => {
  await using cutting = await serve((_request, response) => {
    response.writeHead(200, encoding === undefined ? {} : { 'content-encoding': encoding })
    response.write(gzipSync('words').subarray(0, 12), () => response.destroy())
  })
  await expect(ask(cutting.url)).rejects.toThrow()
})

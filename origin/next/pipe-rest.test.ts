// Proves how the rest of a page leaves the server if Next's own pipe does not send it: its head first, small chunks together, a break as a
// break. e2e proves that Next's streams have this form.

import { once } from 'node:events'
import { request, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { setImmediate as turn } from 'node:timers/promises'

import { expect, it, vi } from 'vitest'

import { pipeRest } from './pipe-rest.ts'
import { listen } from '../test-app.ts'

const compression = createRequire(import.meta.url)('next/dist/compiled/compression')()
const utf8 = new TextEncoder()

/** A rest that the test writes, and the server that sends it. */
async function startRest(before: (request: unknown, response: ServerResponse) => void = () => {}) {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>(undefined, undefined, {
    highWaterMark: 99,
  })
  const rest = writable.getWriter()
  const writes = vi.fn<(text: string) => void>()
  let settle = (_outcome: string): void => {}
  const outcome = new Promise<string>((resolve) => (settle = resolve))
  let sent: ServerResponse | undefined
  const server = await listen((incoming, response) => {
    // oxlint-disable-next-line typescript/unbound-method -- applied to the response again below
    const { write } = response
    Object.assign(response, {
      write: (chunk: Uint8Array) => {
        writes(Buffer.from(chunk).toString())
        return Reflect.apply(write, response, [chunk])
      },
    })
    sent = response
    before(incoming, response)
    response.setHeader('content-type', 'text/html')
    pipeRest(readable, response).then(
      () => settle('sent'),
      (error: Error) => settle(error.message),
    )
  })
  const write = (text: string) => rest.write(utf8.encode(text))
  return { ...server, rest, write, writes, outcome, isCut: () => sent?.destroyed }
}

it('sends the head before there is anything to send', async () => {
  await using app = await startRest()
  const response = await fetch(app.url)
  expect(response.headers.get('content-type')).toBe('text/html')
  await app.write('rest')
  await app.rest.close()
  expect(await response.text()).toBe('rest')
  expect(await app.outcome).toBe('sent')
})

it('sends what is ready at once as one, and does not wait for more', async () => {
  await using app = await startRest()
  const response = await fetch(app.url)
  const reader = response.body?.getReader()
  void app.write('a')
  void app.write('b')
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('ab')
  void app.write('c')
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('c')
  expect(app.writes.mock.calls).toEqual([['ab'], ['c']])
  await app.rest.close()
  expect((await reader?.read())?.done).toBe(true)
})

it('flushes what a compression would keep', async () => {
  const before = (incoming: unknown, response: ServerResponse) => compression(incoming, response, () => {})
  await using app = await startRest(before)
  const response = await fetch(app.url, { headers: { 'accept-encoding': 'gzip' } })
  expect(response.headers.get('content-encoding')).toBe('gzip')
  const reader = response.body?.getReader()
  await app.write('rest')
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('rest')
  await app.rest.close()
})

it('reads no more than a client takes', async () => {
  await using app = await startRest()
  const [incoming] = await once(request(app.url).end(), 'response')
  // Several times what a kernel buffers for a connection.
  const all = 120
  const megabyte = utf8.encode('x'.repeat(1024 * 1024))
  let taken = 0
  const filled = (async () => {
    for (; taken < all; taken++) {
      await app.rest.ready
      await app.rest.write(megabyte)
    }
  })()
  for (let waited = 0; waited < 2000; waited++) await turn()
  expect(taken).toBeLessThan(all)
  let size = 0
  incoming.on('data', (chunk: Buffer) => (size += chunk.length))
  await filled
  void app.rest.close()
  await once(incoming, 'end')
  expect(size).toBe(all * megabyte.length)
})

it('cuts the answer if the render breaks, and says so to Next', async () => {
  await using app = await startRest()
  const response = await fetch(app.url)
  await app.write('half')
  await app.rest.abort(new Error('broken'))
  expect(await app.outcome).toBe('failed to pipe response')
  expect(app.isCut()).toBe(true)
  await expect(response.text()).rejects.toThrow()
})

it('ends the render of a client that had gone before it began', async () => {
  const cancelled = vi.fn<(reason: unknown) => void>()
  const rest = new ReadableStream<Uint8Array>({ cancel: cancelled })
  let settle = (): void => {}
  const settled = new Promise<void>((resolve) => (settle = resolve))
  await using server = await listen((_request, response) => {
    response.once('close', () => void pipeRest(rest, response).then(settle))
    response.destroy()
  })
  await expect(fetch(server.url)).rejects.toThrow()
  await settled
  expect(cancelled.mock.calls[0]?.[0]).toMatchObject({ name: 'AbortError' })
})

it('ends the render of a client that has gone, by the name that Next knows', async () => {
  await using app = await startRest()
  const abort = new AbortController()
  await fetch(app.url, { signal: abort.signal })
  abort.abort()
  await expect(app.rest.closed).rejects.toMatchObject({ name: 'AbortError' })
  expect(await app.outcome).toBe('sent')
})

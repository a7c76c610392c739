// Proves each limit at a real socket, and what becomes of the connection: a client that is cut off, or kept waiting behind a
// body that nobody reads, shows in no response. What the body's reader decides is read-body.test.ts.

import { once } from 'node:events'
import { createRequire } from 'node:module'
import { connect } from 'node:net'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { loadApp } from './app.ts'
import { handle, type Load } from './handle.ts'
import { LIMITS, type Limits } from './limits.ts'
import { BUILD, listen, writeApp } from './test-app.ts'

const PAGE = "exports.handler = async (_q, r) => { r.setHeader('content-type', 'text/html'); r.end('page') }"
const compression = createRequire(import.meta.url)('next/dist/compiled/compression')()

beforeEach(() => vi.spyOn(console, 'warn').mockImplementation(() => {}))
afterEach(() => vi.restoreAllMocks())

async function start(entrypoint: string, limits: Partial<Limits> = {}, load: Load = { renders: 0 }) {
  const app = await writeApp({ records: [{ key: '/', route: '/', state: 's' }], entrypoint })
  const loaded = loadApp({ dir: app.dir, distDir: '.next' }, { ...LIMITS, ...limits })
  if (!loaded) throw new Error('the app did not load')
  const handled: Promise<void>[] = []
  const http = await listen((incoming, response) => {
    if (incoming.method === 'GET') response.end('next')
    else
      handled.push(handle(incoming, response, { ...loaded, build: { ...loaded.build, compress: compression } }, load))
  })
  const headers = { 'shell-cache-resume': `${BUILD}; shell=${app.digests[0]}` }
  return {
    load,
    /** Settles when all that came so far is dealt with. */
    whenHandled: () => Promise.all(handled),
    port: http.port,
    headers,
    resume: () => fetch(http.url, { method: 'POST', headers }),
    async [Symbol.asyncDispose]() {
      await http[Symbol.asyncDispose]()
      await app[Symbol.asyncDispose]()
    },
  }
}

type Started = Awaited<ReturnType<typeof start>>

/** Everything that comes back on one connection until the server ends it. */
async function exchange({ port, headers }: Started, head: string, body: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`POST / HTTP/1.1\r\nhost: x\r\n${fields.join('')}${head}\r\n${body}`)
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => {})
  await once(socket, 'close')
  return Buffer.concat(chunks).toString('latin1')
}

const NEXT = 'GET /next HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'

it('closes the connection of a body that does not come', async () => {
  await using app = await start(PAGE, { bodyDeadline: 20 })
  const answer = await exchange(app, 'content-length: 10\r\n', 'ab')
  expect(answer).toMatch(/^HTTP\/1.1 408 /)
  expect(answer).toMatch(/refused; reason=slow/)
})

it('closes the connection of a body that goes on past the limit', async () => {
  await using app = await start(PAGE, { bodyBytes: 8 })
  const answer = await exchange(app, 'transfer-encoding: chunked\r\n', '10\r\n0123456789abcdef\r\n')
  expect(answer).toMatch(/^HTTP\/1.1 413 /)
  expect(answer).toMatch(/connection: close/i)
})

it('answers the next request on the connection behind a body that was refused unread', async () => {
  await using app = await start(PAGE, { bodyBytes: 8 })
  const answer = await exchange(app, 'content-length: 16\r\n', `0123456789abcdef${NEXT}`)
  expect(answer).toMatch(/^HTTP\/1.1 413 .*\r\n\r\nHTTP\/1.1 200 OK.*next$/s)
})

it('renders nothing for a body that is cut', async () => {
  const load: Load = { renders: 0 }
  await using app = await start('exports.handler = async () => { globalThis.cutRendered = true }', {}, load)
  const socket = connect(app.port, '127.0.0.1')
  socket.end(
    `POST / HTTP/1.1\r\nhost: x\r\nshell-cache-resume: ${app.headers['shell-cache-resume']}\r\ncontent-length: 10\r\n\r\nab`,
  )
  socket.resume().on('error', () => {})
  await once(socket, 'close')
  await app.whenHandled()
  expect(Reflect.get(globalThis, 'cutRendered')).toBeUndefined()
})

it.each([
  ['below', 127, 200, 'resumed'],
  ['at', 128, 503, 'refused; reason=busy'],
])('answers with %s the most renders under way', async (_name, renders, status, verdict) => {
  await using app = await start(PAGE, {}, { renders })
  const response = await app.resume()
  expect(response.status).toBe(status)
  expect(response.headers.get('shell-cache-verdict')).toContain(verdict)
  expect(response.headers.get('retry-after')).toBe(status === 503 ? '1' : null)
})

it('refuses what Next has not begun in time, and drops what Next says later', async () => {
  await using app = await start(
    `exports.handler = (_q, r) => new Promise((resolve) => {
      r.on('close', () => { r.statusCode = 200; r.write('late'); r.end('late'); resolve() })
    })`,
    { renderDeadline: 20 },
  )
  const response = await app.resume()
  expect(response.headers.get('shell-cache-verdict')).toBe('refused; reason=failed')
  expect(response.headers.get('content-encoding')).toBeNull()
  expect(await response.text()).toBe('')
})

it('cuts what Next began and does not finish in time, and counts it no longer', async () => {
  const hanging =
    "exports.handler = (_q, r) => { r.setHeader('content-type', 'text/html'); r.write('half'); return new Promise(() => {}) }"
  await using app = await start(hanging, { renderDeadline: 20 })
  const read = app.resume().then((response) => response.text())
  await expect(read).rejects.toThrow()
  await app.whenHandled()
  expect(app.load.renders).toBe(0)
})

it('says failed of an error page that Next flushes, through its compression', async () => {
  await using app = await start(
    `exports.handler = async (_q, r) => {
      r.statusCode = 500
      r.setHeader('content-type', 'text/html')
      r.flushHeaders()
      r.write('secret'.repeat(1000))
      r.flush()
      r.end()
    }`,
  )
  const answer = await exchange(app, 'accept-encoding: gzip\r\nconnection: close\r\n', '')
  expect(answer).toMatch(/^HTTP\/1.1 409 .*refused; reason=failed/s)
  expect(answer).not.toMatch(/secret|gzip|chunked/)
})

it('sends each part as Next flushes it, compressed', async () => {
  // The second part waits for the test to have read the first: a compression that holds back would never end.
  await using app = await start(
    `exports.handler = async (_q, r) => {
      r.setHeader('content-type', 'text/html')
      r.write('first'); r.flush()
      await new Promise((resolve) => { globalThis.sendSecond = resolve })
      r.end('second')
    }`,
  )
  const response = await app.resume()
  expect(response.headers.get('content-encoding')).toBe('gzip')
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader?.read())?.value).toBe('first')
  Reflect.get(globalThis, 'sendSecond')()
  expect((await reader?.read())?.value).toBe('second')
})

// Proves each limit at a real socket, and what happens to the connection: no response shows that a client is cut off or kept waiting behind
// a body that is never read. read-body.test.ts tests what the body's reader decides.

import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { connect } from 'node:net'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { loadApp } from '../app.ts'
import { handle } from './handle.ts'
import type { Load } from './place.ts'
import { LIMITS, type Limits } from '../gate/limits.ts'
import { BUILD, listen, writeApp } from '../test-app.ts'
import { type Behaviour, fakeNext } from '../test-next.ts'

const compression = createRequire(import.meta.url)('next/dist/compiled/compression')()

const WITHIN = { timeout: 20_000 }

beforeEach(() => vi.spyOn(console, 'warn').mockImplementation(() => {}))
afterEach(() => vi.restoreAllMocks())

async function start(behaviour: Behaviour = {}, limits: Partial<Limits> = {}, load: Load = { renders: 0 }) {
  const app = await writeApp([{ key: '/', route: '/', state: 's' }])
  const loaded = loadApp({ dir: app.dir, distDir: '.next' }, { ...LIMITS, ...limits })
  if (!loaded) throw new Error('the app did not load')
  const next = fakeNext({ before: (incoming, response) => compression(incoming, response, () => {}), ...behaviour })
  const http = await listen((incoming, response) => {
    if (incoming.url === '/hang') response.write('for ever')
    else if (incoming.method === 'GET') response.end('next')
    else void handle(incoming, response, loaded, load).then((ours) => ours || next.listener(incoming, response))
  })
  const headers = { 'shell-cache-resume': `${BUILD}; shell=${app.digests[0]}` }
  return {
    load,
    renders: next.renders,
    requests: next.requests,
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
  await using app = await start({}, { bodyDeadline: 20 })
  const answer = await exchange(app, 'content-length: 10\r\n', 'ab')
  expect(answer).toMatch(/^HTTP\/1.1 408 /)
  expect(answer).toMatch(/refused; reason=slow/)
})

it('closes the connection of a body that goes on past the limit', async () => {
  await using app = await start({}, { bodyBytes: 8 })
  const answer = await exchange(app, 'transfer-encoding: chunked\r\n', '10\r\n0123456789abcdef\r\n')
  expect(answer).toMatch(/^HTTP\/1.1 413 /)
  expect(answer).toMatch(/connection: close/i)
})

it('answers the next request on the connection behind a body that was refused unread', async () => {
  await using app = await start({}, { bodyBytes: 8 })
  const answer = await exchange(app, 'content-length: 16\r\n', `0123456789abcdef${NEXT}`)
  expect(answer).toMatch(/^HTTP\/1.1 413 .*\r\n\r\nHTTP\/1.1 200 OK.*next$/s)
})

it('renders nothing for a body that is cut', async () => {
  await using app = await start()
  const socket = connect(app.port, '127.0.0.1')
  socket.end(
    `POST / HTTP/1.1\r\nhost: x\r\nshell-cache-resume: ${app.headers['shell-cache-resume']}\r\ncontent-length: 10\r\n\r\nab`,
  )
  socket.resume().on('error', () => {})
  await once(socket, 'close')
  await app.resume()
  expect(app.requests(), 'the whole one alone').toBe(1)
})

it.each([
  ['below', 127, 200, 'resumed'],
  ['at', 128, 503, 'refused; reason=busy'],
])('answers with %s the most renders under way', async (_name, renders, status, verdict) => {
  await using app = await start({}, {}, { renders })
  const response = await app.resume()
  expect(response.status).toBe(status)
  expect(response.headers.get('shell-cache-verdict')).toContain(verdict)
  expect(response.headers.get('retry-after')).toBe(status === 503 ? '1' : null)
})

it('counts a render until its connection is free again', async () => {
  await using app = await start()
  await (await app.resume()).text()
  await vi.waitFor(() => expect(app.load.renders).toBe(0), WITHIN)
})

/** Sends this many resumes on one connection, behind a response that never ends. */
function pipeline({ port, headers }: Started, times: number) {
  const socket = connect(port, '127.0.0.1')
  const resume = `POST / HTTP/1.1\r\nhost: x\r\nshell-cache-resume: ${headers['shell-cache-resume']}\r\n\r\n`
  socket.write(`GET /hang HTTP/1.1\r\nhost: x\r\n\r\n${resume.repeat(times)}`)
  socket.on('error', () => {})
  return socket
}

const LARGE = 'x'.repeat(100_000)

it('counts a render no longer that has ended, though its client reads nothing', async () => {
  await using app = await start()
  const socket = pipeline(app, 3)
  await vi.waitFor(() => expect(app.renders()).toBe(3), WITHIN)
  await vi.waitFor(() => expect(app.load.renders).toBe(0), WITHIN)
  expect(socket.destroyed).toBe(false)
  socket.destroy()
})

it('counts a record no longer that was sent, though its client reads nothing', async () => {
  await using app = await start({ find: () => ({ route: '/', shell: LARGE, postponed: 'now' }) })
  const socket = pipeline(app, 0)
  const ask = `POST / HTTP/1.1\r\nhost: x\r\nshell-cache-record: ${BUILD}\r\n\r\n`
  socket.write(ask.repeat(3))
  await vi.waitFor(() => expect(app.requests()).toBe(3), WITHIN)
  await vi.waitFor(() => expect(app.load.renders).toBe(0), WITHIN)
  expect(socket.destroyed).toBe(false)
  socket.destroy()
})

it('closes a connection that keeps a render waiting past the deadline, and tells Next', async () => {
  let gone = 0
  const write = (response: ServerResponse): void => {
    response.setHeader('content-type', 'text/html')
    response.on('close', () => gone++)
    // More than Node keeps of a response that waits for its turn: the render continues when this was read.
    expect(response.write(LARGE)).toBe(false)
    response.on('drain', () => response.end())
  }
  await using app = await start({ before: () => {}, write }, { renderDeadline: 50 })
  const socket = pipeline(app, 3)
  await vi.waitFor(() => expect(gone).toBe(3), WITHIN)
  expect(app.load.renders).toBe(0)
  const closed = once(socket, 'close')
  socket.resume()
  await closed
})

it('tells Next of a client that has gone before its turn', async () => {
  let gone = 0
  const write = (response: ServerResponse): void => {
    response.setHeader('content-type', 'text/html')
    response.on('close', () => gone++)
    response.write('half')
  }
  await using app = await start({ write })
  const socket = pipeline(app, 3)
  await vi.waitFor(() => expect(app.renders()).toBe(3), WITHIN)
  expect([gone, app.load.renders]).toEqual([0, 3])
  socket.destroy()
  await vi.waitFor(() => expect([gone, app.load.renders]).toEqual([3, 0]), WITHIN)
})

it('refuses what Next has not begun in time, tells Next, and drops what it says later', async () => {
  let finished: boolean | undefined
  await using app = await start(
    {
      write(response) {
        response.on('close', () => {
          // Next checks this before it takes a closed response for a client that has gone.
          finished = response.writableFinished
          response.write('late')
          response.end('late')
        })
      },
    },
    { renderDeadline: 20 },
  )
  const response = await app.resume()
  expect(response.headers.get('shell-cache-verdict')).toBe('refused; reason=failed')
  expect(response.headers.get('content-encoding')).toBeNull()
  expect(await response.text()).toBe('')
  await vi.waitFor(() => expect(finished).toBe(false), WITHIN)
  expect(app.load.renders).toBe(0)
})

it('cuts what Next began and does not finish in time, and counts it no longer', async () => {
  await using app = await start(
    {
      write(response) {
        response.setHeader('content-type', 'text/html')
        response.write('half')
      },
    },
    { renderDeadline: 20 },
  )
  const read = app.resume().then((response) => response.text())
  await expect(read).rejects.toThrow()
  await vi.waitFor(() => expect(app.load.renders).toBe(0), WITHIN)
})

it('says failed of an error page that Next flushes, through its compression', async () => {
  await using app = await start({
    write(response) {
      response.statusCode = 500
      response.setHeader('content-type', 'text/html')
      response.flushHeaders()
      response.write('secret'.repeat(1000))
      Reflect.apply(Reflect.get(response, 'flush'), response, [])
      response.end()
    },
  })
  const answer = await exchange(app, 'accept-encoding: gzip\r\nconnection: close\r\n', '')
  expect(answer).toMatch(/^HTTP\/1.1 409 .*refused; reason=failed/s)
  expect(answer).not.toMatch(/secret|gzip|chunked/)
})

it('sends each part as Next flushes it, compressed', async () => {
  // The second part is sent after the test has read the first: a compression that holds bytes back would never end.
  let sendSecond = (): void => {}
  await using app = await start({
    write(response) {
      response.setHeader('content-type', 'text/html')
      response.write('first')
      Reflect.apply(Reflect.get(response, 'flush'), response, [])
      sendSecond = () => void response.end('second')
    },
  })
  const response = await app.resume()
  expect(response.headers.get('content-encoding')).toBe('gzip')
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader?.read())?.value).toBe('first')
  sendSecond()
  expect((await reader?.read())?.value).toBe('second')
})

// Proves that all code that works on a response hears that its client has gone, once and without the connection's help, and that this does
// not harm the connection. Real sockets: what Node says of a response depends on them.

import { once } from 'node:events'
import { request, type ServerResponse } from 'node:http'
import { connect } from 'node:net'

import { expect, it, vi } from 'vitest'

import { tellClientGone, whenConnectionCloses } from './client-gone.ts'
import { listen } from '../test-app.ts'

type Heard = { closes: number; finished: boolean | undefined }

function hear(response: ServerResponse): Heard {
  const heard: Heard = { closes: 0, finished: undefined }
  response.on('close', () => {
    heard.closes++
    // Next checks this before it takes a closed response for a client that has gone.
    heard.finished = response.writableFinished
  })
  return heard
}

function answer(response: ServerResponse, text: string): void {
  response.setHeader('content-length', text.length)
  response.end(text)
  tellClientGone(response)
}

it('says it once of a response that is answered, and keeps the connection', async () => {
  const heard: Heard[] = []
  await using http = await listen((incoming, response) => {
    heard.push(hear(response))
    answer(response, `answer to ${incoming.url}`)
  })
  const socket = connect(http.port, '127.0.0.1')
  const ask = async (path: string): Promise<string> => {
    socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`)
    return String((await once(socket, 'data'))[0])
  }
  expect(await ask('/one')).toMatch(/^HTTP\/1.1 200 OK.*answer to \/one$/s)
  expect(await ask('/two'), 'on the same connection').toMatch(/^HTTP\/1.1 200 OK.*answer to \/two$/s)
  const closed = once(socket, 'close')
  socket.destroy()
  await closed
  expect(heard).toEqual([
    { closes: 1, finished: false },
    { closes: 1, finished: false },
  ])
})

it('says it of a response that waits behind another one, which comes to its turn all the same', async () => {
  const heard: Heard[] = []
  let first: ServerResponse | undefined
  await using http = await listen((incoming, response) => {
    if (incoming.url === '/first') {
      first = response
      return
    }
    heard.push(hear(response))
    answer(response, 'second')
  })
  const socket = connect(http.port, '127.0.0.1')
  const chunks: string[] = []
  socket.on('data', (chunk) => chunks.push(String(chunk)))
  socket.write('GET /first HTTP/1.1\r\nhost: x\r\n\r\nGET /second HTTP/1.1\r\nhost: x\r\n\r\n')
  await vi.waitFor(() => expect(heard).toEqual([{ closes: 1, finished: false }]))
  first?.end('first')
  await vi.waitFor(() => expect(chunks.join('')).toMatch(/first.*HTTP\/1.1 200 OK.*second$/s))
  socket.destroy()
})

it('says it to anyone who looks before it listens', async () => {
  let destroyed: boolean | undefined
  await using http = await listen((_incoming, response) => {
    answer(response, 'x')
    destroyed = response.destroyed
  })
  await once(request(http.url).end(), 'response')
  expect(destroyed).toBe(true)
})

it('tells all that wait on a connection when it closes, and those no longer that have stopped', async () => {
  const told: (string | undefined)[] = []
  const listeners: number[] = []
  await using http = await listen((incoming) => {
    const stop = whenConnectionCloses(incoming, () => told.push(incoming.url))
    if (incoming.url === '/5') stop()
    listeners.push(incoming.socket.listenerCount('close'))
  })
  const socket = connect(http.port, '127.0.0.1')
  socket.write(Array.from({ length: 20 }, (_, at) => `GET /${at} HTTP/1.1\r\nhost: x\r\n\r\n`).join(''))
  await vi.waitFor(() => expect(listeners).toHaveLength(20))
  socket.destroy()
  await vi.waitFor(() => expect(told).toHaveLength(19))
  expect(told).not.toContain('/5')
  expect(new Set(listeners).size, 'Node warns of a leak where there are many').toBe(1)
})

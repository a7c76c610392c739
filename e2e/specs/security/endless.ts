// Endless servers and connections, which a refusal must not leave open (refused-work.spec.ts, gate.spec.ts, soak.spec.ts).

import type { ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'

import { listen } from '../../../origin/test-app.ts'
import { ask, type RawRequest } from '../../harness/raw.ts'
import type { RunningServer } from '../../harness/servers/server.ts'

/** Another host, which streams to every client until it disconnects. */
export async function startEndless() {
  const open = new Set<ServerResponse>()
  let asked = 0
  const http = await listen((_incoming, response) => {
    asked++
    open.add(response)
    response.on('close', () => open.delete(response))
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: first\n\n')
  })
  return { url: http.url, open, asked: () => asked, [Symbol.asyncDispose]: () => http[Symbol.asyncDispose]() }
}

/** How many streams the handlers of the app `proxied` have open, and how many they have begun. */
export async function streamsOf({ port }: RunningServer): Promise<{ readonly open: number; readonly begun: number }> {
  return JSON.parse((await ask(port, { path: '/api/streams', method: 'GET' })).text)
}

/** Sends requests, repeated `times` times, after one that never ends, on a connection that is never read. */
export function sendUnread(
  { port }: RunningServer,
  requests: readonly Pick<RawRequest, 'path' | 'headers'>[],
  times: number,
): Disposable & { readonly socket: Socket } {
  const socket = connect(port, 'localhost')
  const posts = requests.map(({ path, headers = {} }) => {
    const fields = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`)
    return `POST ${path} HTTP/1.1\r\nhost: x\r\n${fields.join('')}\r\n`
  })
  socket.write(`GET /streamed/pull HTTP/1.1\r\nhost: x\r\n\r\n${posts.join('').repeat(times)}`)
  return { socket, [Symbol.dispose]: () => void socket.destroy() }
}

// The network of one test: a proxy on loopback, set when the browser context is made. All requests of its pages and workers pass through
// it, so that a closed port means no network. Playwright's own `setOffline` lets requests in flight continue (Chromium 156), and did not
// reach workers everywhere (microsoft/playwright#2311). A relay with its own address would be another origin than the one for which the
// app, its cookies and its storage state were made (decisions/013).

import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { pipeline } from 'node:stream'

import { formatReply, readDestination, type Reply } from './socks.ts'

export type Network = AsyncDisposable & {
  /** In the form of a context's option `proxy`. */
  readonly server: string
  /** Whether the browser has reached this port through the proxy. */
  readonly hasCarried: (port: number) => boolean
  /** Drops every connection and refuses new ones until `up`. */
  readonly down: () => Promise<void>
  readonly up: () => Promise<void>
}

const HOST = '127.0.0.1'

/** Resolves when it listens, on a port that the system has chosen. */
export async function startNetwork(): Promise<Network> {
  const carried = new Set<number>()
  const sockets = new Set<Socket>()
  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    // An error closes the socket, and the other side only needs to see it closed.
    return socket
      .setNoDelay()
      .on('error', () => {})
      .once('close', () => sockets.delete(socket))
  }
  const serve = async (client: Socket): Promise<void> => {
    try {
      const destination = await readDestination(client)
      const target = keep(connect({ ...destination, allowHalfOpen: true }))
      await Promise.race([once(target, 'connect'), untilClosed(target)])
      carried.add(destination.port)
      client.write(formatReply('connected'))
      pipeline(client, target, client, () => {})
    } catch (error) {
      client.end(formatReply(toReply(error)))
    }
  }
  const server = createServer({ allowHalfOpen: true }, (client) => void serve(keep(client)))
  const listen = async (at: number): Promise<number> => {
    server.listen(at, HOST)
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('the test’s network has no port')
    return address.port
  }
  const down = async (): Promise<void> => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
  const port = await listen(0)
  return {
    server: `socks5://${HOST}:${port}`,
    hasCarried: (to) => carried.has(to),
    down,
    up: async () => void (server.listening || (await listen(port))),
    [Symbol.asyncDispose]: down,
  }
}

/** Rejects with the error that ended the connection. `once` alone would never settle if it is dropped before it is established. */
async function untilClosed(socket: Socket): Promise<never> {
  await once(socket, 'close')
  throw socket.errored ?? new Error('dropped')
}

const UNREACHABLE = ['ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT']

function toReply(error: unknown): Reply {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ECONNREFUSED') return 'refused'
  return UNREACHABLE.includes(code) ? 'unreachable' : 'failed'
}

// Stands between browser and server: notes every exchange, turns to another server (a deploy), answers in its place (a fault)
// or goes away (no network). One relay is one origin for the browser.

import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http'

export type Exchange = {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  status: number
  answer: IncomingHttpHeaders
  body: Buffer
}

/** Answers in the server's place. */
export type Fault = {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body?: Uint8Array | string
}

export type Relay = AsyncDisposable & {
  readonly origin: string
  readonly exchanges: readonly Exchange[]
  /** From now on requests go to this port. */
  readonly turnTo: (port: number) => void
  /** Called for each request; what it returns is sent instead of the server's answer, undefined lets it pass. */
  fault: ((incoming: IncomingMessage) => Fault | undefined) | undefined
  /** Header names that do not get through to the server. */
  readonly stripped: Set<string>
  /** Cuts each answer to a request that matches after this many bytes of its body. */
  cut: ((incoming: IncomingMessage) => number | undefined) | undefined
  /** Refuses and drops every connection until `up`. */
  readonly down: () => Promise<void>
  readonly up: () => Promise<void>
}

export async function startRelay(port: number): Promise<Relay> {
  let target = port
  const exchanges: Exchange[] = []
  const server = createServer((incoming, outgoing) => answer(incoming, outgoing))
  const listen = async (at: number): Promise<number> => {
    server.listen(at, 'localhost')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('the relay has no port')
    return address.port
  }
  const close = async (): Promise<void> => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }
  const own = await listen(0)
  const relay: Relay = {
    origin: `http://localhost:${own}`,
    exchanges,
    turnTo: (next) => void (target = next),
    fault: undefined,
    stripped: new Set(),
    cut: undefined,
    down: close,
    up: async () => void (await listen(own)),
    [Symbol.asyncDispose]: close,
  }

  function answer(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { method = 'GET', url = '/', headers } = incoming
    const exchange: Exchange = { method, url, headers, status: 0, answer: {}, body: Buffer.alloc(0) }
    exchanges.push(exchange)
    const fault = relay.fault?.(incoming)
    if (fault) {
      exchange.status = fault.status
      outgoing.writeHead(fault.status, fault.headers).end(fault.body)
      return
    }
    pass(incoming, outgoing, exchange)
  }

  function pass(incoming: IncomingMessage, outgoing: ServerResponse, exchange: Exchange): void {
    // Uncompressed, so that what is noted can be compared byte for byte.
    const kept = Object.entries(incoming.headers).filter(
      ([name]) => name !== 'accept-encoding' && !relay.stripped.has(name),
    )
    const left = relay.cut?.(incoming)
    const onward = request({ port: target, host: 'localhost', method: exchange.method, path: exchange.url })
    for (const [name, value] of kept) if (value !== undefined) onward.setHeader(name, value)
    onward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => onward.destroy())
    onward.on('response', (response) => {
      exchange.status = response.statusCode ?? 0
      exchange.answer = response.headers
      outgoing.writeHead(exchange.status, response.headers)
      response.on('data', (chunk: Buffer) => {
        exchange.body = Buffer.concat([exchange.body, chunk])
        if (left === undefined || exchange.body.length <= left) return outgoing.write(chunk)
        outgoing.write(chunk.subarray(0, chunk.length - (exchange.body.length - left)), () => outgoing.destroy())
        return false
      })
      response.on('end', () => outgoing.end())
      response.on('error', () => outgoing.destroy())
    })
    incoming.pipe(onward)
  }
  return relay
}

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
  /** Whether the browser went before the answer had ended. */
  isAborted: boolean
  /** Whether all of it is over, in whatever way. */
  isEnded: boolean
}

/** Answers in the server's place: with this, with nothing at all, or by closing the connection. */
export type Fault =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: Uint8Array | string }
  | 'silence'
  | 'reset'

/** Ends an answer after so many bytes of its body: with a broken connection, as if it were whole, or not at all. */
export type Cut = { readonly after: number; readonly by: 'reset' | 'end' | 'silence' }

export type Relay = AsyncDisposable & {
  readonly origin: string
  readonly exchanges: readonly Exchange[]
  /** From now on requests go to this port. */
  readonly turnTo: (port: number) => void
  /** Called for each request; what it returns is sent instead of the server's answer, undefined lets it pass. */
  fault: ((incoming: IncomingMessage) => Fault | undefined) | undefined
  /** Called for each request; the body of its answer goes on to the browser when what it returns has settled. */
  hold: ((incoming: IncomingMessage) => Promise<unknown> | undefined) | undefined
  /** Called for each request; all of its answer goes on to the browser when what it returns has settled. */
  late: ((incoming: IncomingMessage) => Promise<unknown> | undefined) | undefined
  /** Header names that do not get through to the server. */
  readonly stripped: Set<string>
  /** Called for each request with the number of its exchange; headers that the server gets beside the browser's. */
  added: ((exchange: number) => Readonly<Record<string, string>>) | undefined
  /** Called for each request; where it returns a cut, the answer is ended so. */
  cut: ((incoming: IncomingMessage) => Cut | undefined) | undefined
  /** Called for each request; the port that it goes to, in the place of the one that was turned to. */
  route: ((incoming: IncomingMessage) => number | undefined) | undefined
  /** Closes the connections of all that was met with silence. */
  readonly endSilence: () => void
  /** Refuses and drops every connection until `up`. */
  readonly down: () => Promise<void>
  readonly up: () => Promise<void>
  /** As it was when it was started, at the same origin, for another test. */
  readonly renew: (port: number) => Promise<void>
}

export async function startRelay(port: number): Promise<Relay> {
  let target = port
  const silent = new Set<ServerResponse>()
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
    hold: undefined,
    late: undefined,
    stripped: new Set(),
    added: undefined,
    cut: undefined,
    route: undefined,
    endSilence: () => silent.forEach((outgoing) => outgoing.destroy()),
    down: close,
    up: async () => void (server.listening || (await listen(own))),
    async renew(next) {
      target = next
      Object.assign(relay, { fault: undefined, late: undefined, added: undefined, cut: undefined, route: undefined })
      relay.stripped.clear()
      relay.endSilence()
      silent.clear()
      exchanges.length = 0
      await relay.up()
    },
    [Symbol.asyncDispose]: close,
  }

  function answer(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { method = 'GET', url = '/', headers } = incoming
    const asked = { method, url, headers, isAborted: false, isEnded: false }
    const exchange: Exchange = { ...asked, status: 0, answer: {}, body: Buffer.alloc(0) }
    exchanges.push(exchange)
    outgoing.on('close', () => (exchange.isEnded = true))
    const fault = relay.fault?.(incoming)
    if (fault === 'silence') return void silent.add(outgoing)
    if (fault === 'reset') return void outgoing.destroy()
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
    const cut = relay.cut?.(incoming)
    const held = relay.hold?.(incoming)
    const port = relay.route?.(incoming) ?? target
    const onward = request({ port, host: 'localhost', method: exchange.method, path: exchange.url })
    const added = Object.entries(relay.added?.(exchanges.indexOf(exchange)) ?? {})
    for (const [name, value] of [...kept, ...added]) if (value !== undefined) onward.setHeader(name, value)
    onward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => {
      exchange.isAborted = !outgoing.writableFinished
      onward.destroy()
    })
    const late = relay.late?.(incoming)
    onward.on('response', (response) => (late ? void late.then(() => begin(response)) : begin(response)))
    const begin = (response: IncomingMessage): void => {
      exchange.status = response.statusCode ?? 0
      exchange.answer = response.headers
      outgoing.writeHead(exchange.status, response.headers)
      outgoing.flushHeaders()
      response.on('error', () => outgoing.destroy())
      // It is paused until somebody listens.
      void Promise.resolve(held).then(() => send(response))
    }
    const send = (response: IncomingMessage): void => {
      response.on('data', (chunk: Buffer) => {
        const before = exchange.body.length
        exchange.body = Buffer.concat([exchange.body, chunk])
        if (cut === undefined || exchange.body.length <= cut.after) return pace(outgoing.write(chunk))
        if (before <= cut.after) outgoing.write(chunk.subarray(0, cut.after - before), () => finish(cut))
      })
      // A slow browser slows the server, as it would without us.
      const pace = (isFast: boolean): void => {
        if (isFast) return
        response.pause()
        outgoing.once('drain', () => response.resume())
      }
      response.on('end', () => cut?.by === 'silence' || outgoing.end())
      const finish = ({ by }: Cut): void => {
        if (by === 'end') outgoing.end()
        if (by === 'reset') outgoing.destroy()
      }
    }
    incoming.pipe(onward)
  }
  return relay
}

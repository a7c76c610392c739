// A proxy between browser and server. It notes every exchange, switches to another server (a deploy), answers instead of the server
// (a fault) or goes down (no network). One relay is one origin for the browser.

import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http'

export type Exchange = {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  status: number
  answer: IncomingHttpHeaders
  body: Buffer
  /** Whether the browser disconnected before the end of the response. */
  isAborted: boolean
  /** Whether the exchange is over, for whatever reason. */
  isEnded: boolean
}

/** Answers instead of the server: with this response, never, or by closing the connection. */
export type Fault =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: Uint8Array | string }
  | 'silence'
  | 'reset'

/** Cuts a response after so many bytes of its body: by a broken connection, by a normal end, or by sending nothing more. */
export type Cut = { readonly after: number; readonly by: 'reset' | 'end' | 'silence' }

export type Relay = AsyncDisposable & {
  readonly origin: string
  readonly exchanges: readonly Exchange[]
  /** Sends all further requests to this port. */
  readonly turnTo: (port: number) => void
  /** Called for each request. The fault that it returns is sent instead of the server's response; undefined lets the request pass. */
  fault: ((incoming: IncomingMessage) => Fault | undefined) | undefined
  /** Called for each request. The body of the response is sent to the browser when the returned promise has settled. */
  hold: ((incoming: IncomingMessage) => Promise<unknown> | undefined) | undefined
  /** Called for each request. The whole response, headers included, is sent to the browser when the returned promise has settled. */
  late: ((incoming: IncomingMessage) => Promise<unknown> | undefined) | undefined
  /** Names of request headers that are not passed to the server. */
  readonly stripped: Set<string>
  /** Called for each request with the number of its exchange. Returns headers that are sent to the server with the browser's. */
  added: ((exchange: number) => Readonly<Record<string, string>>) | undefined
  /** Called for each request. If it returns a cut, the response ends that way. */
  cut: ((incoming: IncomingMessage) => Cut | undefined) | undefined
  /** Called for each request. Returns the port to use instead of the current one. */
  route: ((incoming: IncomingMessage) => number | undefined) | undefined
  /** Closes the connections of all requests that were answered with silence. */
  readonly endSilence: () => void
  /** Refuses and drops every connection until `up`. */
  readonly down: () => Promise<void>
  readonly up: () => Promise<void>
  /** Resets everything for another test, at the same origin. */
  readonly renew: (port: number) => Promise<void>
}

/** Passes everything on unchanged. */
const WHOLE = {
  fault: undefined,
  hold: undefined,
  late: undefined,
  added: undefined,
  cut: undefined,
  route: undefined,
} satisfies Partial<Relay>

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
    ...WHOLE,
    stripped: new Set(),
    endSilence: () => silent.forEach((outgoing) => outgoing.destroy()),
    down: close,
    up: async () => void (server.listening || (await listen(own))),
    async renew(next) {
      target = next
      Object.assign(relay, WHOLE)
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
      // The response is paused until it has a listener.
      void Promise.resolve(held).then(() => send(response))
    }
    const send = (response: IncomingMessage): void => {
      response.on('data', (chunk: Buffer) => {
        const before = exchange.body.length
        exchange.body = Buffer.concat([exchange.body, chunk])
        if (cut === undefined || exchange.body.length <= cut.after) return pace(outgoing.write(chunk))
        if (before <= cut.after) outgoing.write(chunk.subarray(0, cut.after - before), () => finish(cut))
      })
      // A slow browser slows down the server, as without the relay.
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

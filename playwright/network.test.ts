// Proves with real sockets what no browser does on purpose: a handshake in pieces, a name that does not resolve, and what happens to open
// connections when the network is taken away. Browsers themselves are tested in e2e (shop-suite.spec.ts).

import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

import { afterEach, expect, it } from 'vitest'

import { type Network, startNetwork } from './network.ts'

const FAILED = 1
const REFUSED = 5
const UNREACHABLE = 4
/** Never used: a port that was free a moment ago may be given to the next process. */
const NOBODYS_PORT = 1

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

async function startEcho(host = '127.0.0.1'): Promise<{ port: number; accepted: Socket[]; server: Server }> {
  const accepted: Socket[] = []
  const server = createServer((socket) => void accepted.push(socket.pipe(socket)))
  server.listen(0, host)
  await once(server, 'listening')
  cleanups.push(() => (server.close(), accepted.forEach((socket) => socket.destroy())))
  return { port: (server.address() as AddressInfo).port, accepted, server }
}

async function startTestNetwork(): Promise<Network> {
  const network = await startNetwork()
  cleanups.push(network.down)
  return network
}

async function reach(network: Network): Promise<Socket> {
  const socket = connect(Number(new URL(network.server).port), '127.0.0.1')
  cleanups.push(() => socket.destroy())
  await once(socket, 'connect')
  return socket
}

async function hear(socket: Socket, length: number): Promise<Buffer> {
  let heard = Buffer.alloc(0)
  while (heard.length < length) {
    const [chunk] = (await once(socket, 'data')) as [Buffer]
    heard = Buffer.concat([heard, chunk])
  }
  return heard
}

const GREETING = Buffer.of(5, 2, 0, 2)
const portBytes = (port: number): Buffer => Buffer.of(port >> 8, port & 0xff)
const toName = (name: string, port: number): Buffer =>
  Buffer.concat([Buffer.of(5, 1, 0, 3, name.length), Buffer.from(name), portBytes(port)])
const toV4 = (port: number): Buffer => Buffer.concat([Buffer.of(5, 1, 0, 1, 127, 0, 0, 1), portBytes(port)])
const toV6 = (port: number): Buffer =>
  Buffer.concat([Buffer.of(5, 1, 0, 4), Buffer.alloc(15), Buffer.of(1), portBytes(port)])

/** Sends greeting and request, and resolves to the code of the reply. */
async function ask(socket: Socket, request: Buffer): Promise<number | undefined> {
  socket.write(GREETING)
  expect(await hear(socket, 2)).toEqual(Buffer.of(5, 0))
  socket.write(request)
  return (await hear(socket, 10))[1]
}

it.each([
  ['a name', '127.0.0.1', (port: number) => toName('localhost', port)],
  ['an IPv4 address', '127.0.0.1', toV4],
  ['an IPv6 address', '::1', toV6],
])('carries bytes both ways to %s', async (_, host, toRequest) => {
  const echo = await startEcho(host)
  const network = await startTestNetwork()
  const socket = await reach(network)
  expect(network.hasCarried(echo.port)).toBe(false)
  expect(await ask(socket, toRequest(echo.port))).toBe(0)
  const sent = Buffer.from('some bytes')
  socket.write(sent)
  expect(await hear(socket, sent.length)).toEqual(sent)
  expect(network.hasCarried(echo.port)).toBe(true)
})

it('understands a handshake that comes byte by byte, with what is sent right behind it', async () => {
  const echo = await startEcho()
  const socket = (await reach(await startTestNetwork())).setNoDelay()
  for (const byte of Buffer.concat([GREETING, toV4(echo.port), Buffer.from('early')])) {
    await new Promise((resolve) => socket.write(Buffer.of(byte), resolve))
  }
  expect((await hear(socket, 2 + 10 + 5)).subarray(12).toString()).toBe('early')
})

it('goes on answering if the browser has said all it has to say', async () => {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.resume().on('end', () => socket.end('an answer to all of it'))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanups.push(() => server.close())
  const socket = connect({
    port: Number(new URL((await startTestNetwork()).server).port),
    host: '127.0.0.1',
    allowHalfOpen: true,
  })
  cleanups.push(() => socket.destroy())
  expect(await ask(socket, toV4((server.address() as AddressInfo).port))).toBe(0)
  socket.end('a question')
  expect((await hear(socket, 22)).toString()).toBe('an answer to all of it')
})

it('says that no one listens, and that there is no such host', async () => {
  const network = await startTestNetwork()
  expect(await ask(await reach(network), toV4(NOBODYS_PORT))).toBe(REFUSED)
  expect(network.hasCarried(NOBODYS_PORT)).toBe(false)
  expect(await ask(await reach(network), toName('no-such-host.invalid', 80))).toBe(UNREACHABLE)
})

it('closes on anyone who does not speak SOCKS5', async () => {
  const socket = await reach(await startTestNetwork())
  const closed = once(socket, 'close')
  socket.write('GET / HTTP/1.1\r\n\r\n')
  expect((await hear(socket, 10))[1]).toBe(FAILED)
  await closed
})

it('drops what stands and refuses what comes while it is down, and is the same when it is up again', async () => {
  const echo = await startEcho()
  const network = await startTestNetwork()
  const [open, asking] = [await reach(network), await reach(network)]
  await ask(open, toV4(echo.port))
  asking.write(GREETING)
  await hear(asking, 2)
  const closed = [open, asking, ...echo.accepted].map((socket) => once(socket.resume(), 'close'))
  await network.down()
  await Promise.all(closed)
  await expect(reach(network)).rejects.toThrow('ECONNREFUSED')
  await network.down()
  await network.up()
  await network.up()
  expect(await ask(await reach(network), toV4(echo.port))).toBe(0)
})

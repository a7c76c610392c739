// Checks the line against its formula before anything is measured on it. The first byte of a page takes the handshakes, a round trip and
// the server's own time. A file takes its bytes at the bandwidth in addition, and the round trips in which TCP's window grows.

import { once } from 'node:events'
import { createServer, get } from 'node:http'

import { PROFILES } from '../cells.ts'
import { INITIAL_SEGMENTS, SEGMENT } from './direction.ts'
import { type LineShape, openSlowLine } from './slow-line.ts'
import { median } from '../report/statistics.ts'

const TIMES = 5
const FILE = Buffer.alloc(200_000, 'x')

export type Verified = {
  readonly profile: string
  readonly what: string
  readonly expected: number
  readonly measured: number
}

/** @param port - The port of a server that has the page. */
export async function verifyLine(port: number, path: string): Promise<Verified[]> {
  const serverTime = (await timesOf(`http://localhost:${port}${path}`)).first
  await using files = await serveFile()
  const verified: Verified[] = []
  for (const [profile, shape] of Object.entries(PROFILES)) {
    await using toPage = await openSlowLine(port, shape)
    await using toFile = await openSlowLine(files.port, shape)
    const opened = (shape.handshakes + 1) * shape.roundTrip
    const first = (await timesOf(toPage.origin + path)).first
    verified.push({ profile, what: `first byte of ${path}`, expected: opened + serverTime, measured: first })
    const { last } = await timesOf(toFile.origin)
    verified.push({ profile, what: '200 kB', expected: opened + transferTime(FILE.length, shape), measured: last })
  }
  return verified
}

/** Milliseconds from the first to the last byte that leaves: the time on the wire, and the pauses in which the window is full. */
export function transferTime(bytes: number, { roundTrip, megabits }: LineShape): number {
  const onWire = (size: number): number => (size * 8) / (megabits * 1000)
  let waited = 0
  let left = bytes
  for (let window = SEGMENT * INITIAL_SEGMENTS; left > window; window *= 2) {
    left -= window
    waited += Math.max(0, roundTrip + onWire(SEGMENT) - onWire(window))
  }
  return waited + onWire(bytes)
}

/** Medians of the times of a response's first and last byte, each over its own connection. */
async function timesOf(url: string): Promise<{ first: number; last: number }> {
  const firsts: number[] = []
  const lasts: number[] = []
  for (let time = 0; time < TIMES; time++) {
    const started = performance.now()
    const request = get(url, { agent: false, headers: { cookie: 'bench=nobody.0', 'accept-encoding': 'gzip' } })
    const [response] = await once(request, 'response')
    firsts.push(performance.now() - started)
    await once(response.resume(), 'end')
    lasts.push(performance.now() - started)
  }
  return { first: median(firsts), last: median(lasts) }
}

async function serveFile(): Promise<AsyncDisposable & { readonly port: number }> {
  const server = createServer((_request, response) => void response.end(FILE))
  await once(server.listen(0, 'localhost'), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    async [Symbol.asyncDispose]() {
      server.close()
      await once(server, 'close')
    },
  }
}

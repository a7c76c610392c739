// Proves the line that every figure of the bench depends on: bytes arrive complete and in order, and none earlier than the line's formula
// allows. Only lower bounds are tested: a busy machine makes a line slower, never faster.

import { once } from 'node:events'
import { connect, createServer, type Server } from 'node:net'
import { setImmediate } from 'node:timers/promises'

import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { SEGMENT } from './direction.ts'
import { type LineShape, openSlowLine } from './slow-line.ts'

const ROUND_TRIP = 20
const SHAPE: LineShape = { roundTrip: ROUND_TRIP, megabits: 1000, handshakes: 1 }
let echo: Server

beforeAll(async () => {
  echo = createServer((socket) => socket.pipe(socket))
  await once(echo.listen(0, 'localhost'), 'listening')
})
afterAll(() => void echo.close())

it('passes bytes on whole and in order, however they are cut', async () => {
  await using line = await openSlowLine(portOf(echo), SHAPE)
  const parts = fc.array(fc.uint8Array({ minLength: 1, maxLength: 2_000 }), { minLength: 1, maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(parts, async (chunks) => {
      const sent = Buffer.concat(chunks)
      expect((await roundTrip(line.origin, chunks)).equals(sent)).toBe(true)
    }),
    { numRuns: 15 },
  )
})

it('takes two round trips for the first answer of a connection and one for the next', async () => {
  await using line = await openSlowLine(portOf(echo), SHAPE)
  const socket = connect(Number(new URL(line.origin).port), 'localhost')
  const ask = async (): Promise<number> => {
    const started = performance.now()
    socket.write('x')
    await once(socket, 'data')
    return performance.now() - started
  }
  expect(await ask()).toBeGreaterThanOrEqual(2 * ROUND_TRIP)
  expect(await ask()).toBeGreaterThanOrEqual(ROUND_TRIP)
  socket.destroy()
})

it('takes no round trip more for a connection that stands from the start', async () => {
  await using line = await openSlowLine(portOf(echo), { ...SHAPE, roundTrip: 400, handshakes: 0 })
  const started = performance.now()
  await roundTrip(line.origin, [new Uint8Array(1)])
  expect(performance.now() - started).toBeGreaterThanOrEqual(400)
})

it('lets no more bytes through than its bandwidth, however many connections share it', async () => {
  await using line = await openSlowLine(portOf(echo), { roundTrip: 2, megabits: 1, handshakes: 0 })
  const started = performance.now()
  await Promise.all([1, 2].map(async () => roundTrip(line.origin, [new Uint8Array(5_000)])))
  // 10,000 bytes at 125 a millisecond, and the last of them back.
  expect(performance.now() - started).toBeGreaterThanOrEqual(80)
})

it('takes a round trip for each doubling of what may be under way', async () => {
  await using line = await openSlowLine(portOf(echo), { ...SHAPE, handshakes: 0 })
  const started = performance.now()
  // Four segments more than the first three windows carry: 10, 20, 40.
  await roundTrip(line.origin, [new Uint8Array(74 * SEGMENT)])
  expect(performance.now() - started).toBeGreaterThanOrEqual(4 * ROUND_TRIP)
})

it('counts what crosses it, and takes another shape', async () => {
  await using line = await openSlowLine(portOf(echo), SHAPE)
  await roundTrip(line.origin, [new Uint8Array(3_000)])
  expect(line.crossed()).toEqual({ down: 3_000, up: 3_000 })
  line.reshape({ ...SHAPE, roundTrip: 60 })
  const started = performance.now()
  await roundTrip(line.origin, [new Uint8Array(1)])
  expect(performance.now() - started).toBeGreaterThanOrEqual(120)
})

async function roundTrip(origin: string, chunks: readonly Uint8Array[]): Promise<Buffer> {
  const socket = connect(Number(new URL(origin).port), 'localhost')
  const wanted = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  socket.setNoDelay(true)
  await once(socket, 'connect')
  const sending = (async () => {
    for (const chunk of chunks) {
      socket.write(chunk)
      // Each part is sent before the next, so that the line gets several parts to keep in order.
      await setImmediate()
    }
  })()
  let bytes = Buffer.alloc(0)
  for await (const chunk of socket) {
    bytes = Buffer.concat([bytes, chunk as Buffer])
    if (bytes.length >= wanted) break
  }
  await sending
  socket.destroy()
  return bytes
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

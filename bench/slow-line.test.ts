// Proves the line that every figure of the bench rests on, against its own formula: bytes come whole and in order, and none
// sooner than the round trip allows. Only lower bounds: a busy machine makes a line slower, never faster.

import { once } from 'node:events'
import { connect, createServer, type Server } from 'node:net'
import { setImmediate } from 'node:timers/promises'

import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { openSlowLine } from './slow-line.ts'

const ROUND_TRIP = 20
let echo: Server

beforeAll(async () => {
  echo = createServer((socket) => socket.pipe(socket))
  await once(echo.listen(0, 'localhost'), 'listening')
})
afterAll(() => void echo.close())

it('passes bytes on whole and in order, however they are cut', async () => {
  await using line = await openSlowLine(portOf(echo), ROUND_TRIP)
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
  await using line = await openSlowLine(portOf(echo), ROUND_TRIP)
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

async function roundTrip(origin: string, chunks: readonly Uint8Array[]): Promise<Buffer> {
  const socket = connect(Number(new URL(origin).port), 'localhost')
  const wanted = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  socket.setNoDelay(true)
  await once(socket, 'connect')
  const sending = (async () => {
    for (const chunk of chunks) {
      socket.write(chunk)
      // Each part on its way before the next, so that the line sees parts to keep in order.
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

// A loopback line with a round-trip time, a bandwidth that all its connections share, and TCP's slow start. Throttling by the browser's
// tools does not affect a worker's own requests (docs/discoveries/browsers.md); a line does.

import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

import { openDirection, type Wire } from './direction.ts'

export type LineShape = {
  /** In milliseconds, half of it in each direction. */
  readonly roundTrip: number
  /** In each direction. */
  readonly megabits: number
  /** Round trips that a new connection takes before its first byte can leave. */
  readonly handshakes: number
}

/** Bytes that have crossed the line so far. */
export type Crossed = { readonly down: number; readonly up: number }

export type SlowLine = AsyncDisposable & {
  readonly origin: string
  readonly crossed: () => Crossed
  /** Closes every connection, so that the next request opens a new one. */
  readonly dropAll: () => void
  /** Closes every connection. The next ones go to this port. */
  readonly turnTo: (port: number) => void
  /** Closes every connection. The next ones have this shape. */
  readonly reshape: (shape: LineShape) => void
}

/** @param hear - Called with each piece that a browser has sent. */
export async function openSlowLine(
  port: number,
  shape: LineShape,
  hear: (chunk: Buffer) => void = () => {},
): Promise<SlowLine> {
  const sockets = new Set<Socket>()
  const dropAll = (): void => sockets.forEach((socket) => socket.destroy())
  const crossed = { down: 0, up: 0 }
  let current = shape
  let target = port
  let wires = wiresOf(shape)
  const server = createServer((near) => {
    const far = connect(target, 'localhost')
    const { roundTrip, handshakes } = current
    // The first byte can leave only after the handshakes with the far end.
    openDirection(near, far, { roundTrip, wire: wires.up, notBefore: performance.now() + handshakes * roundTrip })
    openDirection(far, near, { roundTrip, wire: wires.down, notBefore: 0 })
    near.on('data', (chunk: Buffer) => {
      crossed.up += chunk.length
      hear(chunk)
    })
    far.on('data', (chunk: Buffer) => (crossed.down += chunk.length))
    for (const socket of [near, far]) {
      socket.setNoDelay(true)
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
      socket.on('error', () => (near.destroy(), far.destroy()))
    }
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the line has no port')
  return {
    origin: `http://localhost:${address.port}`,
    crossed: () => ({ ...crossed }),
    dropAll,
    turnTo(next) {
      dropAll()
      target = next
    },
    reshape(next) {
      dropAll()
      current = next
      wires = wiresOf(next)
    },
    async [Symbol.asyncDispose]() {
      dropAll()
      server.close()
      await once(server, 'close')
    },
  }
}

function wiresOf({ megabits }: LineShape): { readonly up: Wire; readonly down: Wire } {
  const wire = (): Wire => ({ bytesPerMillisecond: (megabits * 1000) / 8, freeAt: 0 })
  return { up: wire(), down: wire() }
}

// A loopback line with a round-trip time. Browser-tool throttling does not reach a worker's own requests (facts.md), a line
// does. One queue a direction, emptied in order: a timer for each chunk would swap bytes.

import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export type SlowLine = AsyncDisposable & {
  readonly origin: string
  /** Bytes that have come from the server so far. */
  readonly received: () => number
  /** Closes every connection: the next request opens one. */
  readonly dropAll: () => void
}

/** @param roundTrip - Milliseconds; half of it each way, and one more round trip for each new connection, as TCP takes. */
export async function openSlowLine(port: number, roundTrip: number): Promise<SlowLine> {
  const sockets = new Set<Socket>()
  let received = 0
  const server = createServer((near) => {
    const far = connect(port, 'localhost')
    // The handshake with the far end costs a round trip before the first byte can leave.
    delay(near, far, roundTrip / 2, performance.now() + roundTrip)
    delay(far, near, roundTrip / 2, 0)
    far.on('data', (chunk: Buffer) => (received += chunk.length))
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
    received: () => received,
    dropAll: () => sockets.forEach((socket) => socket.destroy()),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Passes bytes on `latency` milliseconds after they came, none before `notBefore`, each after the one before it. */
function delay(from: Socket, to: Socket, latency: number, notBefore: number): void {
  const queue: { readonly due: number; readonly chunk: Buffer | undefined }[] = []
  let waiting = false
  const flush = (): void => {
    waiting = false
    for (let first = queue[0]; first && first.due <= performance.now(); first = queue[0]) {
      queue.shift()
      if (first.chunk) to.write(first.chunk)
      else to.end()
    }
    const next = queue[0]
    if (!next || waiting) return
    waiting = true
    setTimeout(flush, Math.max(1, next.due - performance.now()))
  }
  const push = (chunk: Buffer | undefined): void => {
    queue.push({ due: Math.max(performance.now(), notBefore) + latency, chunk })
    if (!waiting) flush()
  }
  from.on('data', push)
  from.once('end', () => push(undefined))
}

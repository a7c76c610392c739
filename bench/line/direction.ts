// Simulates one direction of one connection of a slow line. Bytes wait for the sender's window, then for the wire, which all connections of
// the line share, then travel. They leave in order: there is one queue and one timer, because a timer for each piece could swap bytes.

import type { Socket } from 'node:net'

/** One direction of a line. The connections take time on it one after the other. */
export type Wire = { readonly bytesPerMillisecond: number; freeAt: number }

export type Course = {
  readonly roundTrip: number
  readonly wire: Wire
  /** When the first byte can leave. */
  readonly notBefore: number
}

/** The payload of a TCP segment, and how many segments may be in flight before the first is acknowledged (RFC 6928). */
export const SEGMENT = 1460
export const INITIAL_SEGMENTS = 10

type Piece = { readonly chunk: Buffer; readonly arrives: number }

export function openDirection(from: Socket, to: Socket, { roundTrip, wire, notBefore }: Course): void {
  const waiting: Buffer[] = []
  const travelling: Piece[] = []
  const unacknowledged: { readonly bytes: number; readonly at: number }[] = []
  let window = SEGMENT * INITIAL_SEGMENTS
  let underWay = 0
  let hasEnded = false
  let timer: NodeJS.Timeout | undefined

  const acknowledge = (now: number): void => {
    for (let first = unacknowledged[0]; first && first.at <= now; first = unacknowledged[0]) {
      unacknowledged.shift()
      underWay -= first.bytes
      // Slow start: each acknowledged segment allows two more.
      window += first.bytes
    }
  }
  const send = (now: number): void => {
    // Reserves nothing yet: time on the wire that this connection reserved would be lost for the others.
    if (now < notBefore) return
    for (let chunk = waiting[0]; chunk && underWay + chunk.length <= window; chunk = waiting[0]) {
      waiting.shift()
      const left = Math.max(now, wire.freeAt) + chunk.length / wire.bytesPerMillisecond
      wire.freeAt = left
      underWay += chunk.length
      travelling.push({ chunk, arrives: left + roundTrip / 2 })
      unacknowledged.push({ bytes: chunk.length, at: left + roundTrip })
    }
  }
  const deliver = (now: number): void => {
    const arrived: Buffer[] = []
    for (let first = travelling[0]; first && first.arrives <= now; first = travelling[0]) {
      travelling.shift()
      arrived.push(first.chunk)
    }
    if (arrived.length > 0) to.write(Buffer.concat(arrived))
    if (hasEnded && waiting.length === 0 && travelling.length === 0) to.end()
  }
  const turn = (): void => {
    clearTimeout(timer)
    const now = performance.now()
    acknowledge(now)
    send(now)
    deliver(now)
    const arrives = travelling[0]?.arrives ?? Infinity
    const mayLeave = waiting.length === 0 ? Infinity : (unacknowledged[0]?.at ?? notBefore)
    const next = Math.min(arrives, mayLeave)
    if (next < Infinity) timer = setTimeout(turn, Math.max(1, next - now))
  }
  from.on('data', (chunk: Buffer) => {
    for (let at = 0; at < chunk.length; at += SEGMENT) waiting.push(chunk.subarray(at, at + SEGMENT))
    turn()
  })
  from.once('end', () => {
    hasEnded = true
    turn()
  })
  to.once('close', () => clearTimeout(timer))
}

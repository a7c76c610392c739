// Tells Next that the client of a response has gone when we have answered instead of Next: whatever renders, streams or asks an upstream
// for that response must stop, or it continues forever.
//
//   must not wait for the connection: behind a response that its client does not read, Node closes no response at all;
//   must come after the response was handed to Node: from here on the response counts as destroyed.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/**
 * Next learns it from the `close` of a response that is not `writableFinished` (`createAbortController` in its
 * `server/web/spec-extension/adapters/next-request.js`, 16.4.6): it would take a response that we have ended for its own. Code that does
 * not listen yet looks at `destroyed`.
 */
export function tellClientGone(response: ServerResponse): void {
  if (response.closed) return
  Object.defineProperty(response, 'writableFinished', { value: false })
  response.destroyed = true
  // Node's own flag (20 to 24), so that `close` is not emitted again when the connection is free.
  Reflect.set(response, '_closed', true)
  response.emit('close')
}

const waiting = new WeakMap<Duplex, Set<() => void>>()

/**
 * Calls `tell` when the connection of a request has closed. Node tells that only to the response that the connection is busy with, and
 * to none of those that wait behind it.
 *
 * @returns Removes `tell` again.
 */
export function whenConnectionCloses({ socket }: IncomingMessage, tell: () => void): () => void {
  let tells = waiting.get(socket)
  if (!tells) {
    const all = new Set<() => void>()
    // One listener for the connection, however many requests it brings.
    socket.once('close', () => {
      for (const each of all) each()
    })
    waiting.set(socket, (tells = all))
  }
  const all = tells
  all.add(tell)
  return () => void all.delete(tell)
}

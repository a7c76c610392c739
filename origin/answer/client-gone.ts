// Tells Next that the client of a response has gone, where we have answered in Next's place: what renders, streams or asks an
// upstream for that response must stop, or it goes on for ever.
//
//   must not wait for the connection: behind an answer that its client does not read, Node closes no response at all;
//   must come after the answer was handed to Node: the response counts as destroyed from here on.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/**
 * Next learns it by `close`, of a response that is not `writableFinished` (`createAbortController` in its
 * `server/web/spec-extension/adapters/next-request.js`, 16.4.6): a response that we have ended it would take for its own. What has
 * not listened yet looks at `destroyed`.
 */
export function tellClientGone(response: ServerResponse): void {
  if (response.closed) return
  Object.defineProperty(response, 'writableFinished', { value: false })
  response.destroyed = true
  // Node's own flag (20 to 24), so that `close` is not said again when the connection is free.
  Reflect.set(response, '_closed', true)
  response.emit('close')
}

const waiting = new WeakMap<Duplex, Set<() => void>>()

/**
 * Calls `tell` when the connection of a request has closed. Node tells that to the response alone that the connection is busy with,
 * and to none of those that wait behind it.
 *
 * @returns Stops it.
 */
export function whenConnectionCloses({ socket }: IncomingMessage, tell: () => void): () => void {
  let tells = waiting.get(socket)
  if (!tells) {
    const all = new Set<() => void>()
    // One listener, however many requests the connection brings.
    socket.once('close', () => {
      for (const each of all) each()
    })
    waiting.set(socket, (tells = all))
  }
  const all = tells
  all.add(tell)
  return () => void all.delete(tell)
}

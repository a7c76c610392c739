// Puts the origin in front of every HTTP server of this process, above all in `next start`, whose server is already listening when the
// adapter first runs. Node announces each request and its server just before it calls the server's listeners
// (`http.server.request.start`, https://nodejs.org/api/diagnostics_channel.html). At the first request, that server's `emit` is wrapped,
// so that listeners which are added later still run. Deno does the same. Bun has the channel but publishes nothing on it (1.4.5,
// https://bun.com/docs/runtime/nodejs-compat): there the `emit` that all servers inherit is wrapped.
//
//   must leave every request that is not ours to the server's own listeners, unchanged but for a header on the response to a server
//   action (invalidation-header.ts), a cookie next to that of draft mode (draft-cookie.ts), a redirect instead of half a page
//   (half-page.ts), what the environment says to every browser (switch.ts), what a navigation preload need not be sent (preload.ts),
//   and a header on the build's dictionary;
//   must wrap a server once, however many copies of this module a process loads.

import diagnostics from 'node:diagnostics_channel'
import { IncomingMessage, Server, ServerResponse } from 'node:http'
import { Server as SecureServer } from 'node:https'

import type { Origin } from './index.ts'
import { isForDictionary, isPreload } from './answer/preload.ts'
import { isAction, isOurs } from './gate/request.ts'
import { tellDraft } from './next/draft-cookie.ts'
import { isEarlyForm, redirectHalfPage } from './next/half-page.ts'
import { tellSwitch } from './switch.ts'

const WRAPPED = Symbol.for('next-shell-cache.wrapped')

/** @param current - The origin to ask, looked up at each resume. */
export function attachToServers(current: () => Origin): void {
  if (process.versions['bun'] !== undefined) {
    wrap(Server.prototype, current)
    wrap(SecureServer.prototype, current)
    return
  }
  diagnostics.subscribe('http.server.request.start', (message) => {
    const server = typeof message === 'object' && message !== null && 'server' in message ? message.server : undefined
    if (server instanceof Server || server instanceof SecureServer) wrap(server, current)
  })
}

/** @param emitter - A server, or what all servers inherit from. */
function wrap(emitter: Server | SecureServer, current: () => Origin): void {
  if (Reflect.has(emitter, WRAPPED)) return
  Reflect.set(emitter, WRAPPED, true)
  // oxlint-disable-next-line typescript/unbound-method -- applied to the server again below
  const { emit } = emitter
  emitter.emit = function (this: Server | SecureServer, ...args: unknown[]): boolean {
    const pass = (): boolean => Reflect.apply(emit, this, args)
    const [event, incoming, response] = args
    if (event !== 'request' || !(incoming instanceof IncomingMessage) || !(response instanceof ServerResponse)) {
      return pass()
    }
    tellSwitch(incoming, response)
    if (!isOurs(incoming) && !isAction(incoming) && !isPreload(incoming) && !isForDictionary(incoming)) {
      tellDraft(incoming, response)
      if (isEarlyForm(incoming)) redirectHalfPage(incoming, response)
      return pass()
    }
    void ask(current, incoming, response).then((answered) => answered || pass())
    return true
  }
}

/** Whether the origin answered. Never throws and never rejects: the server would take that for its own failure. */
async function ask(current: () => Origin, incoming: IncomingMessage, response: ServerResponse): Promise<boolean> {
  try {
    return await current()(incoming, response)
  } catch {
    return false
  }
}

// Counts the requests that Next has in hand: each takes a place. A place is free when the render has ended, when a response other than
// Next's was sent, when the client has disconnected, or at the deadline, whatever the connection does.

import type { IncomingMessage, ServerResponse } from 'node:http'

import { tellClientGone, whenConnectionCloses } from './client-gone.ts'

/** Our requests that Next has in hand in this process. */
export type Load = { renders: number }

const places = new WeakMap<ServerResponse, () => void>()

/**
 * Takes a place for a response that Next is about to get.
 *
 * @param giveUp - Ends a response that has not ended at the deadline: Next then sees it as closed, and its place is free.
 */
export function takePlace(
  incoming: IncomingMessage,
  response: ServerResponse,
  load: Load,
  { deadline, giveUp }: { readonly deadline: number; readonly giveUp: () => void },
): void {
  load.renders++
  const forget = whenConnectionCloses(incoming, () => tellClientGone(response))
  const timer = setTimeout(giveUp, deadline)
  places.set(response, () => {
    load.renders--
    clearTimeout(timer)
  })
  response.once('close', () => {
    freePlace(response)
    forget()
  })
  freeAtEnd(response)
}

/** Does nothing if the place is free already. */
export function freePlace(response: ServerResponse): void {
  const free = places.get(response)
  places.delete(response)
  free?.()
}

/** A finished render may wait long for its client to read it. Node holds it then, and it no longer counts as a render. */
function freeAtEnd(response: ServerResponse): void {
  // oxlint-disable-next-line typescript/unbound-method -- applied to the response again below
  const { end } = response
  const ending = (...args: unknown[]): ServerResponse => {
    Reflect.apply(end, response, args)
    freePlace(response)
    return response
  }
  Object.assign(response, { end: ending })
}

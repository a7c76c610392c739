// The places of requests that Next has in hand: how many there are, and when one is free again. A place is free when the render has
// ended, when the answer was another than Next's, when the client has gone, or at the deadline: whatever the connection does.

import type { IncomingMessage, ServerResponse } from 'node:http'

import { tellClientGone, whenConnectionCloses } from './client-gone.ts'

/** Requests of ours that Next has in hand in this process. */
export type Load = { renders: number }

const places = new WeakMap<ServerResponse, () => void>()

/**
 * Takes a place for a response that Next is about to have.
 *
 * @param giveUp - Ends what has not ended at the deadline: a response that was given up on is closed for Next, and its place free.
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

/** Does nothing where the place is free already. */
export function freePlace(response: ServerResponse): void {
  const free = places.get(response)
  places.delete(response)
  free?.()
}

/** What was rendered may wait for long until its client has read it: that is Node's to hold, and no render any more. */
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

// Fills the holes of a page that was opened without a network, once there is one: through the router, so that what the visitor
// has done since stays. Called by react.tsx.

import { hasStartedOffline } from './page.ts'
import { untilAnswering } from './reconnect.ts'

let isAsked = false

/**
 * Calls `fill` once, when the origin answers; not at all on a page that has no open holes.
 *
 * Not before, also with `experimental.useOffline`, where the router would wait by itself: what it has failed to fetch once makes
 * it stop its prefetches, and links that the worker can answer would wait as well.
 *
 * @returns What gives up waiting.
 */
export function whenFillable(fill: () => void): () => void {
  let isGivenUp = false
  const fillOnce = (): void => {
    if (isGivenUp || isAsked) return
    isAsked = true
    fill()
  }
  if (hasStartedOffline() && !isAsked) void untilAnswering().then(fillOnce)
  return () => {
    isGivenUp = true
  }
}

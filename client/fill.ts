// Fills the holes of a page that was opened without a network, once there is one: through the router, so that what the visitor
// has done since stays.

import { STARTED_OFFLINE } from '../protocol/wire.ts'
import { offlineStart } from './page.ts'

let isFilled = false

/**
 * Calls `fill` once, when the origin answers; not at all on a page that has no open holes.
 *
 * Not before, also with `experimental.useOffline`, where the router would wait by itself: what it has failed to fetch once makes
 * it stop its prefetches, and links that the worker can answer would wait as well.
 *
 * @returns What gives up waiting.
 */
export function whenFillable(fill: () => void): () => void {
  const fillOnce = (): void => {
    if (!isFilled) fill()
    isFilled = true
  }
  const offer = (): void => {
    const start = offlineStart()
    if (!start || isFilled) return
    start.fill = fillOnce
    start.noteFillable()
  }
  offer()
  // A page that began early runs before it is known that its origin does not answer.
  addEventListener(STARTED_OFFLINE, offer)
  return () => {
    removeEventListener(STARTED_OFFLINE, offer)
    const start = offlineStart()
    if (start?.fill === fillOnce) start.fill = undefined
  }
}

// Fills the holes of a page that was opened without a network, once there is one. It uses the router, so that what the visitor has done in
// the meantime stays.

import { STARTED_OFFLINE } from '../protocol/wire.ts'
import { offlineStart } from './page.ts'

let isFilled = false

/**
 * Calls `fill` once, when the origin answers; not at all on a page that has no open holes.
 *
 * Not earlier, even with `experimental.useOffline`, although the router would then wait by itself: after one failed fetch it stops its
 * prefetches, and links that the worker can answer would wait, too.
 *
 * @returns A function that stops waiting.
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
  // A page that started early runs before we know that its origin does not answer.
  addEventListener(STARTED_OFFLINE, offer)
  return () => {
    removeEventListener(STARTED_OFFLINE, offer)
    const start = offlineStart()
    if (start?.fill === fillOnce) start.fill = undefined
  }
}

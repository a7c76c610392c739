// Remembers whether the origin was silent a moment ago, so that a visitor who has waited for it once does not wait as long again. Only
// this worker knows it, and only as long as it lives. Everything that waits for the origin reads and updates it.

import { withDeadline } from '../util/async.ts'
import { SLOW_ORIGIN_MS, SLOW_ORIGIN_WAIT_MS } from '../util/timeouts.ts'

let silentAt = -Infinity

export function recordTimeout(): void {
  silentAt = performance.now()
}

export function recordAnswer(): void {
  silentAt = -Infinity
}

/** The origin's response, or undefined if it does not arrive, or not in time. A late response is left to the caller. */
export async function answerInTime(
  fetching: Promise<Response>,
  milliseconds: number | undefined,
): Promise<Response | undefined> {
  try {
    const response = await (milliseconds === undefined ? fetching : withDeadline(fetching, timeoutFor(milliseconds)))
    recordAnswer()
    return response
  } catch {
    recordTimeout()
    return undefined
  }
}

/** How long to wait for the origin now. @param milliseconds - For an origin that has always answered. */
export function timeoutFor(milliseconds: number): number {
  return performance.now() - silentAt < SLOW_ORIGIN_MS ? Math.min(milliseconds, SLOW_ORIGIN_WAIT_MS) : milliseconds
}

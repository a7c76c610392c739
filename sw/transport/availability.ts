// Whether the origin was silent a moment ago: who has waited for it once is not kept waiting again for as long. Known to this
// worker alone, and only as long as it lives. Asked and told by whatever waits for the origin.

import { withDeadline } from '../util/async.ts'
import { SLOW_ORIGIN_MS, SLOW_ORIGIN_WAIT_MS } from '../util/timeouts.ts'

let silentAt = -Infinity

export function recordTimeout(): void {
  silentAt = performance.now()
}

export function recordAnswer(): void {
  silentAt = -Infinity
}

/** The origin's answer; undefined where none comes, or none in time. What comes later is the caller's. */
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

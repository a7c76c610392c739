// Whether the origin was silent a moment ago: who has waited for it once is not kept waiting again for as long. Known to this
// worker alone, and only as long as it lives. Asked and told by whatever waits for the origin.

import { withDeadline } from '../util/deadline.ts'

/** Milliseconds. */
const REMEMBERED = 30_000
const SHORT = 1000

let silentAt = -Infinity

export function noteSilence(): void {
  silentAt = performance.now()
}

export function noteAnswer(): void {
  silentAt = -Infinity
}

/** The origin's answer; undefined where none comes, or none in time. What comes later is the caller's. */
export async function answerInTime(
  fetching: Promise<Response>,
  milliseconds: number | undefined,
): Promise<Response | undefined> {
  try {
    const response = await (milliseconds === undefined ? fetching : withDeadline(fetching, patience(milliseconds)))
    noteAnswer()
    return response
  } catch {
    noteSilence()
    return undefined
  }
}

/** How long to wait for the origin now. @param milliseconds - For an origin that has always answered. */
export function patience(milliseconds: number): number {
  return performance.now() - silentAt < REMEMBERED ? Math.min(milliseconds, SHORT) : milliseconds
}

// Pauses requests for records after a response that is not from our origin. A proxy in trouble sends such responses for a moment (a 502
// while servers restart, a 429, a sign-in page), a host without our origin always does. The pause is in memory only.

import { FOREIGN_ANSWER_PAUSE_MS, FOREIGN_ANSWER_MOST_MS } from '../util/timeouts.ts'

let pause = 0
let endsAt = -Infinity

export function isPaused(): boolean {
  return performance.now() < endsAt
}

export function noteUnanswered(): void {
  pause = Math.min(pause * 2 || FOREIGN_ANSWER_PAUSE_MS, FOREIGN_ANSWER_MOST_MS)
  endsAt = performance.now() + pause
}

/** Our origin has answered, whatever it said. */
export function noteOrigin(): void {
  pause = 0
  endsAt = -Infinity
}

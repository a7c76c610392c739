// How long no one is asked for records after an answer that is not our origin's: a proxy in trouble answers so for a moment (a 502 while
// servers restart, a 429, a sign-in page), a host without our origin always. Known to this worker alone, and as long as it lives.

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

/** Our origin is there, whatever it said. */
export function noteOrigin(): void {
  pause = 0
  endsAt = -Infinity
}

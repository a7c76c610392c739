// How long nobody is asked for records after an answer that is not our origin's: a proxy in trouble answers so for a moment (a 502 while
// servers restart, a 429, a sign-in page), a host without our origin always. Known to this worker alone, and as long as it lives.

/** Milliseconds. Each such answer in a row doubles the pause. */
const FIRST = 10_000
const MOST = 3_600_000

let pause = 0
let endsAt = -Infinity

export function isPaused(): boolean {
  return performance.now() < endsAt
}

export function noteUnanswered(): void {
  pause = Math.min(pause * 2 || FIRST, MOST)
  endsAt = performance.now() + pause
}

/** Our origin is there, whatever it said. */
export function noteOrigin(): void {
  pause = 0
  endsAt = -Infinity
}

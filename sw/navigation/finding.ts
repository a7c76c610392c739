// What the store had for a navigation, told to whoever wants to know: the answer alone does not say it. Told by navigate.ts; heard by
// sw/inspect/, which most builds do not have.

import type { Navigation } from './eligible.ts'
import type { FoundRecord } from './find-record.ts'

type Listener = (request: Request, navigation: Navigation, found: FoundRecord) => void

let listener: Listener | undefined

/** There is one. */
export function whenFound(heard: Listener): void {
  listener = heard
}

export function noteFinding(...finding: Parameters<Listener>): void {
  listener?.(...finding)
}

// The ways to the network that a navigation has. Plain requests, where the browser's preload does not come first
// (preload/transport.ts). Chosen by sw/preload/registration.ts, handed down from routing/routes.ts to whatever asks.

import type { ShellRecord } from '../../protocol/record/record.ts'
import type { AskForRest } from './continuation.ts'
import { isOwnNavigation } from './post.ts'
import { type ResumeAnswer, resumeRecord } from './resume.ts'
import { heard } from './switch.ts'

export type Network = {
  readonly askForRest: AskForRest
  /** Whether anyone is asked for the rest of this page alone; always, if not given. */
  readonly isAsked?: (request: Request) => boolean
  /** For a page that is shown with what comes with the verdict. Rejects where the network does not answer. */
  readonly askForVerdict: (record: ShellRecord, request: Request, signal: AbortSignal) => Promise<ResumeAnswer>
  /** The page as the network has it. Rejects as fetch does. */
  readonly fetchPage: (request: Request) => Promise<Response>
  /** Resolves when there is something to show without the store, or no use in waiting for it any more. At once, if not given. */
  readonly untilPage?: (request: Request) => Promise<unknown>
  /** The page that the network has sent unasked, read by nobody; undefined where it has sent none. */
  readonly sentPage: (request: Request) => Promise<Response | undefined>
  /** Has the browser ask for nothing by itself at the navigation that comes next. Not given where it never does. */
  readonly skipPreload?: () => Promise<unknown>
}

export const PLAIN: Network = {
  askForRest: resumeRecord,
  isAsked: isOwnNavigation,
  askForVerdict: resumeRecord,
  fetchPage: (request) => fetch(request).then(heard),
  sentPage: () => Promise.resolve(undefined),
}

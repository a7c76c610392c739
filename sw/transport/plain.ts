// The ways to the network that a navigation has. Here they are plain requests, used if the browser's preload does not come first
// (preload/transport.ts). Chosen by sw/preload/registration.ts, handed down from routing/routes.ts to every caller.

import type { ShellRecord } from '../../protocol/record/record.ts'
import type { AskForRest } from './continuation.ts'
import { isOwnNavigation } from './post.ts'
import { type ResumeAnswer, resumeRecord } from './resume.ts'
import { heard } from './switch.ts'

export type Network = {
  readonly askForRest: AskForRest
  /** Whether the rest of this page alone is asked for. Always, if not given. */
  readonly isAsked?: (request: Request) => boolean
  /** For a page that is shown with what comes with the verdict. Rejects if the network does not answer. */
  readonly askForVerdict: (record: ShellRecord, request: Request, signal: AbortSignal) => Promise<ResumeAnswer>
  /** The network's page. Rejects as fetch does. */
  readonly fetchPage: (request: Request) => Promise<Response>
  /** Resolves when there is something to show without the store, or waiting for the store is useless. Immediately, if not given. */
  readonly untilPage?: (request: Request) => Promise<unknown>
  /** The page that the network has sent unasked, still unread. Undefined if it has sent none. */
  readonly sentPage: (request: Request) => Promise<Response | undefined>
  /** Keeps the browser from sending its own request at the next navigation. Not given if it never sends one. */
  readonly skipPreload?: () => Promise<unknown>
}

export const PLAIN: Network = {
  askForRest: resumeRecord,
  isAsked: isOwnNavigation,
  askForVerdict: resumeRecord,
  fetchPage: (request) => fetch(request).then(heard),
  sentPage: () => Promise.resolve(undefined),
}

// Gets what follows a shell that is already on its way: the rest if the origin can render it, otherwise the network's document.

import type { ResumingRecord } from '../../protocol/record/record.ts'
import type { Refusal } from '../../protocol/verdict.ts'
import type { Timeouts } from '../../protocol/build/worker-config.ts'
import { DeadlineError, withinTime } from '../util/async.ts'
import { fetchDocument } from './document.ts'
import type { Rest } from './rest.ts'
import { recordAnswer, recordTimeout, timeoutFor } from './availability.ts'

/** Asks for the rest of a shell. Any kind but `resumed` and `document` means that no rest is available this way. */
export type AskForRest = (
  record: ResumingRecord,
  request: Request,
  signal: AbortSignal,
) => Promise<Rest | { readonly kind: 'refused'; readonly reason?: Refusal } | { readonly kind: 'unanswered' }>

type Terms = {
  /** Aborts whichever request is under way. */
  readonly signal: AbortSignal
  readonly timeouts: Timeouts
  /** Whether the page is already in use: then it gains nothing from a start without a network. */
  readonly isInUse?: () => boolean
  /**
   * Whether the rest alone is asked for. If not, the document is requested before this returns: WebKit sends the navigation's own request
   * while the worker starts. It uses that request for a fetch that the worker makes before answering, and sends it again for a later fetch
   * (2.50, docs/discoveries/browsers.md).
   */
  readonly isAsked?: boolean | undefined
}

/**
 * Never rejects. Each request must be answered within `response`, or within `offline` if the shell can become interactive without the
 * rest, and is not yet: then a slow network is as good as none.
 */
export async function continueShell(
  record: ResumingRecord,
  request: Request,
  { signal, timeouts: { response, offline }, isInUse = () => false, isAsked = true }: Terms,
  askForRest: AskForRest,
): Promise<Rest> {
  const startsItself = record.bootScript !== undefined
  const milliseconds = startsItself ? timeoutFor(Math.min(response, offline)) : response
  const more = (): number => (isInUse() ? response - milliseconds : 0)
  try {
    const rest =
      isAsked && (await withinTime(signal, milliseconds, (within) => askForRest(record, request, within), more))
    if (rest) {
      recordAnswer()
      if (rest.kind !== 'refused' && rest.kind !== 'unanswered') return rest
    }
  } catch (error) {
    const isLate = error instanceof DeadlineError
    if (isLate) recordTimeout()
    if (signal.aborted || (isLate && startsItself)) return { kind: 'unreachable' }
  }
  const rest = await fetchDocument(request, signal, milliseconds + more(), startsItself ? 'unreachable' : 'other')
  if (rest.kind === 'unreachable') recordTimeout()
  if (rest.kind === 'document') recordAnswer()
  return rest
}

/** Always takes the whole document: for hosts on which nothing of ours runs (`transport: 'prefix'`). */
export const askNobody: AskForRest = () => Promise.resolve({ kind: 'unanswered' })

// What follows a shell that is already on its way: the rest from whoever can render it, else the network's document. Called by
// navigate.ts.

import type { ResumingRecord } from '../../protocol/record.ts'
import { withinTime } from '../deadline.ts'
import { fetchDocument } from './document.ts'
import type { Rest } from './rest.ts'
import { resumeRecord } from './resume.ts'

/** Asks for the rest of a shell; any kind but `resumed` and `document` means that there is none to be had this way. */
export type AskForRest = (
  record: ResumingRecord,
  request: Request,
  signal: AbortSignal,
) => Promise<Rest | { readonly kind: 'refused' | 'unanswered' }>

/** Never rejects. `signal` aborts whichever request is under way; each has `milliseconds` to be answered. */
export async function continueShell(
  record: ResumingRecord,
  request: Request,
  { signal, milliseconds }: { readonly signal: AbortSignal; readonly milliseconds: number },
  askForRest: AskForRest = resumeRecord,
): Promise<Rest> {
  try {
    const answer = await withinTime(signal, milliseconds, (within) => askForRest(record, request, within))
    if (answer.kind === 'resumed' || answer.kind === 'document') return answer
  } catch {
    if (signal.aborted) return { kind: 'unreachable' }
  }
  return fetchDocument(request, signal, milliseconds)
}

/** Takes the whole document in any case: the way of hosts where nothing of ours runs (`transport: 'prefix'`). */
export const askNobody: AskForRest = () => Promise.resolve({ kind: 'unanswered' })

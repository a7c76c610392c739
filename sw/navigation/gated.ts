// A page that a guard of the app stands before (a proxy, a redirect, a rewrite, a conditional header): nothing of it is shown before the
// origin has said that this visitor gets it, and it is shown with the headers that came with that word.
//
//   must show nothing without a verdict, and so nothing without a network;
//   must leave what the guard answers in the page's place to the network: its cookies and its redirect are the browser's;
//   must keep nothing for a visitor whom the guard turned away (invariant 5).

import type { StoredRecord } from '../../protocol/stored.ts'
import { withinTime } from '../util/deadline.ts'
import { deleteRecord } from '../store/records.ts'
import type { ResumeAnswer } from '../transport/resume.ts'
import { assembled } from './assembled.ts'
import type { Navigation } from './eligible.ts'
import type { FoundRecord } from './find-record.ts'
import type { Means } from './context.ts'
import { spliced } from './spliced.ts'

/** @param found - What this browser was given on an earlier visit. */
export async function navigateGated(
  event: FetchEvent,
  navigation: Navigation,
  found: FoundRecord,
  { config, update, network, waits }: Means,
): Promise<Response> {
  const abort = new AbortController()
  const record = found.kind === 'usable' ? found.record : undefined
  const asked = performance.now()
  const answer = record && (await verdictOn(record, event.request, abort.signal, { config, network }))
  if (record && answer?.kind === 'resumed') {
    const waited = { ...waits, verdict: performance.now() - asked }
    return shown(event, record, answer, { abort, config, update, waits: waited })
  }
  if (record && answer?.kind === 'refused' && answer.reason === 'route') {
    event.waitUntil(deleteRecord(record).catch(() => {}))
  }
  if (answer?.kind === 'refused' && answer.location !== null) {
    return Response.redirect(new URL(answer.location, navigation.url), 307)
  }
  const response = await network.fetchPage(event.request)
  if (response.ok && answer?.kind !== 'unanswered') event.waitUntil(update())
  return response
}

type Resumed = Extract<ResumeAnswer, { kind: 'resumed' }>
type ToShow = Pick<Means, 'config' | 'update' | 'waits'> & { readonly abort: AbortController }

function shown(
  event: FetchEvent,
  record: StoredRecord,
  { body, headers, hasNewer }: Resumed,
  { abort, config: { deadlines }, update, waits }: ToShow,
): Response {
  if (record.kind === 'resuming') {
    const rest = Promise.resolve({ kind: 'resumed', body, hasNewer } as const)
    const whole = spliced(event, record, rest, { abort, deadlines, update })
    return assembled(record, whole, { outcome: 'gated', headers, waits })
  }
  void body.cancel().catch(() => {})
  if (hasNewer) event.waitUntil(update())
  return assembled(record, record.shell, { outcome: 'gated', headers, waits })
}

/** Undefined where there is none: the next rung is the network in every case. */
async function verdictOn(
  record: StoredRecord,
  request: Request,
  signal: AbortSignal,
  { config: { deadlines }, network }: Pick<Means, 'config' | 'network'>,
): Promise<ResumeAnswer | undefined> {
  try {
    return await withinTime(signal, deadlines.answer, (within) => network.askForVerdict(record, request, within))
  } catch {
    return undefined
  }
}

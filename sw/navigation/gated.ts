// Answers navigations to a page that a guard of the app protects (a proxy, a redirect, a rewrite, a conditional header). Nothing of the
// page is shown before the origin's verdict that this visitor gets it, and it is shown with the headers that came with the verdict.
//
//   must show nothing without a verdict, and so nothing without a network;
//   must leave the guard's own response to the network, because its cookies are for the browser; a refusal that names where the guard
//   redirects is followed immediately;
//   must keep nothing for a visitor whom the guard turned away (invariant 5).

import type { RecordKey } from '../../protocol/record/record.ts'
import type { StoredRecord } from '../../protocol/record/stored.ts'
import type { Refusal } from '../../protocol/verdict.ts'
import { withinTime } from '../util/async.ts'
import { deleteRecord } from '../store/records.ts'
import type { ResumeAnswer } from '../transport/resume.ts'
import { toResponse } from '../response/response.ts'
import type { Navigation } from './eligible.ts'
import { type FoundRecord, mayHaveRecord, shownOffline } from './find-record.ts'
import type { NavigationContext } from './context.ts'
import { networkPage, withoutNetwork } from './fallback.ts'
import { noteFit } from '../response/misfits.ts'
import { responseBody } from '../response/body.ts'
import { pageOf } from '../response/open-streams.ts'

/** @param found - What this browser got on an earlier visit. */
export async function navigateGated(
  event: FetchEvent,
  navigation: Navigation,
  found: FoundRecord,
  context: NavigationContext,
): Promise<Response> {
  const { config, update, network } = context
  const [path] = navigation.keys
  // A shell that did not fit (misfits.ts) comes here, too, but is not secret.
  const isGuarded = navigation.mode === 'gated'
  const abort = new AbortController()
  const record = found.kind === 'usable' ? found.record : undefined
  const asked = performance.now()
  const answer = record && (await verdictOn(record, event.request, abort.signal, { config, network }))
  const waits = { ...context.waits, verdict: performance.now() - asked }
  try {
    if (record && answer?.kind === 'resumed') {
      event.waitUntil(noteFit(path, record))
      return shown(event, record, answer, { abort, path, config, update, waits })
    }
    if (answer?.kind === 'refused') pageOf(event.resultingClientId).notes.refusal = answer.reason
    if (answer?.kind === 'refused' && isUseless(answer.reason, isGuarded)) forget(event, record)
    if (answer?.kind === 'refused' && answer.location !== null) {
      return Response.redirect(new URL(answer.location, navigation.url), 307)
    }
  } catch {
    // The worker has failed, not the network: the network can still show the page.
    abort.abort()
  }
  const fetching = network.fetchPage(event.request)
  const response = await networkPage(fetching, config, shownOffline(found, navigation, config))
  if (!response) return withoutNetwork(event, navigation, found, context)
  // If the origin was not asked (transport/post.ts), the network's response is the guard's decision. A redirect has status 0 here.
  if (isGuarded && answer?.kind === 'unanswered' && !response.ok && response.status < 500) forget(event, record)
  if (mayHaveRecord(response, navigation) && answer?.kind !== 'unanswered') event.waitUntil(update())
  return response
}

/** Whether the guard withholds the record, or some script has altered it. */
function isUseless(reason: Refusal, isGuarded: boolean): boolean {
  return (isGuarded && reason === 'route') || reason === 'seal'
}

function forget(event: FetchEvent, record: StoredRecord | undefined): void {
  if (record) event.waitUntil(deleteRecord(record).catch(() => {}))
}

type Resumed = Extract<ResumeAnswer, { kind: 'resumed' }>
type ToShow = Pick<NavigationContext, 'config' | 'update' | 'waits'> & {
  readonly abort: AbortController
  readonly path: RecordKey
}

function shown(
  event: FetchEvent,
  record: StoredRecord,
  { body, headers, hasNewer }: Resumed,
  { abort, path, config, update, waits }: ToShow,
): Response {
  if (record.kind === 'resuming') {
    const rest = Promise.resolve({ kind: 'resumed', body, hasNewer } as const)
    const whole = responseBody(event, record, rest, { abort, path, config, update })
    return toResponse(record, whole, { outcome: 'gated', headers, waits })
  }
  void body.cancel().catch(() => {})
  if (hasNewer) event.waitUntil(update())
  return toResponse(record, record.shell, { outcome: 'gated', headers, waits })
}

/** Undefined if there is no verdict, for whatever reason: the next rung is always the network. */
async function verdictOn(
  record: StoredRecord,
  request: Request,
  signal: AbortSignal,
  { config: { timeouts }, network }: Pick<NavigationContext, 'config' | 'network'>,
): Promise<ResumeAnswer | undefined> {
  try {
    return await withinTime(signal, timeouts.response, (within) => network.askForVerdict(record, request, within))
  } catch {
    return undefined
  }
}

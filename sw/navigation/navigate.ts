// The ladder: what a visitor gets for one navigation, the best rung first. No fault reaches the page: below the last rung the visitor gets
// what the browser would have done without a worker.

import type { ResumingRecord } from '../../protocol/record/record.ts'
import type { StoredRecord, StoredPage } from '../../protocol/record/stored.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import type { Learning } from '../refresh/learn-shell.ts'
import { refresh } from '../refresh/refresh.ts'
import { noteUse } from '../store/budget.ts'
import { learnHead } from '../store/host-head.ts'
import { deleteRecord } from '../store/records.ts'
import { type AskForRest, continueShell } from '../transport/continuation.ts'
import { earlyStart } from '../early-start/early-start.ts'
import { dropBody, isPageOf } from '../transport/document.ts'
import { isOutdated } from '../transport/other-build.ts'
import { type Network, PLAIN } from '../transport/plain.ts'
import type { Copied, Rest } from '../transport/rest.ts'
import type { ResumeAnswer } from '../transport/resume.ts'
import { heard } from '../transport/switch.ts'
import { SPECULATION_HEADER, SPECULATION_TAG } from '../../protocol/wire.ts'
import { toResponse } from '../response/response.ts'
import type { Navigation } from './eligible.ts'
import { findRecord, type FoundRecord, mayHaveRecord, shownOffline } from './find-record.ts'
import { navigateGated } from './gated.ts'
import { type Copies, isInDraftMode, type NavigationContext, type OnLookup } from './context.ts'
import { networkPage, offlinePage, withoutNetwork } from './fallback.ts'
import { isMisfit } from '../response/misfits.ts'
import { responseBody } from '../response/body.ts'
import { isRunning, pageOf } from '../response/open-streams.ts'
import { whenPressed } from './press.ts'

type More = {
  readonly onLookup?: OnLookup | undefined
  readonly copies?: Copies | undefined
  readonly learning?: Learning | undefined
}

export async function navigate(
  event: FetchEvent,
  navigation: Navigation,
  config: WorkerConfig,
  network: Network = PLAIN,
  { onLookup, copies, learning }: More = {},
): Promise<Response> {
  const untilPage = network.untilPage
  const asked = performance.now()
  const { store } = config.timeouts
  const [found, isDraft] = await Promise.all([
    findRecord(config, navigation, store, untilPage && (() => untilPage(event.request))),
    isInDraftMode(store),
  ])
  onLookup?.(event.request, navigation, found)
  Object.assign(pageOf(event.resultingClientId).notes, { lookup: found.kind, bytes: found.record?.shell.length })
  const waits = { store: performance.now() - asked }
  const sought = { ...navigation, known: found.record }
  const update = (): Promise<boolean> => refresh(event.request, sought, config)
  const context: NavigationContext = { config, update, network, copies, waits, learning }
  const isOthers = isDraft || isOutdated(config)
  const isAskedFirst = navigation.mode === 'gated' || (found.record && isMisfit(navigation.keys[0], found.record))
  // Before a click the origin renders holes, never documents, and no holes while it is busy. From the press on, this is a navigation like
  // any other, and uses the request that is already under way. If its answer is not read, it ends with the response that it goes into.
  if (event.request.headers.get(SPECULATION_HEADER) === `"${SPECULATION_TAG}"`) {
    const ahead = { ...network, fetchPage: () => notNow(network.sentPage(event.request)) }
    if (found.kind !== 'usable') return ahead.fetchPage()
    const { record, page } = found
    const asking = network.askForVerdict(record, event.request, event.request.signal)
    const ask = (): Promise<ResumeAnswer> => asking
    const isPressed = (await Promise.race([asking.catch(() => {}), whenPressed()])) === true
    return isPressed && !isOthers && !isAskedFirst && record.kind === 'resuming'
      ? resumed(event, navigation, { record, page }, { ...context, network: { ...network, askForRest: ask } })
      : navigateGated(event, navigation, found, { ...context, network: { ...ahead, askForVerdict: ask } })
  }
  if (isOthers) return fromNetwork(event, navigation, found, { ...context, update: keepAsIs, learning: undefined })
  if (found.kind === 'usable') event.waitUntil(noteUse(found.record, Date.now()))
  if (isAskedFirst && !navigation.isRepeat) return navigateGated(event, navigation, found, context)
  if (found.kind !== 'usable' || navigation.isRepeat) return fromNetwork(event, navigation, found, context)
  const { record, page } = found
  if (record.kind === 'resuming') return resumed(event, navigation, { record, page }, context)
  event.waitUntil(replaceOutdated(record, event, navigation, context).catch(() => {}))
  return toResponse(record, record.shell, { outcome: 'static', waits })
}

/**
 * Gets the newer record of a whole document: the origin renders nothing of the document, so no verdict says that there is one. If no origin
 * of ours answers, the network's page decides: a record that differs from it is deleted, and the next visit gets the network's page.
 */
async function replaceOutdated(
  record: StoredRecord,
  event: FetchEvent,
  navigation: Navigation,
  { config, network, update, learning }: NavigationContext,
): Promise<void> {
  const { request } = event
  const learn = learning?.begin(record, navigation, config)
  const isCurrent = (page: Response): Promise<boolean> => {
    event.waitUntil(learnHead(record, page))
    return isPageOf(record, page)
  }
  const sent = await network.sentPage(request)
  if (learn) return learn(sent ?? heard(await fetch(request)))
  const isSame = sent && (await isCurrent(sent))
  if (isSame || (await update())) return
  if (!(isSame ?? (await isCurrent(heard(await fetch(request)))))) await deleteRecord(record)
}

/** Prerenders nothing: a click on the link is then a navigation like any other. */
async function notNow(sent: Promise<Response | undefined>): Promise<Response> {
  dropBody(await sent)
  return new Response(null, { status: 503 })
}

/** The public record is not asked for on behalf of an editor in draft mode, nor by a worker of another build. */
async function keepAsIs(): Promise<boolean> {
  return true
}

/** Answers with the network's page, and gets its record for the next visit. Without a network, answers with what is stored. */
async function fromNetwork(
  event: FetchEvent,
  navigation: Navigation,
  found: FoundRecord,
  context: NavigationContext,
): Promise<Response> {
  const { config, update, network, learning } = context
  const learn = found.record && learning?.begin(found.record, navigation, config)
  const asked = network.fetchPage(event.request)
  const response = await networkPage(asked, config, shownOffline(found, navigation, config))
  if (!response) return withoutNetwork(event, navigation, found, context)
  if (found.record && navigation.mode === 'instant') event.waitUntil(learnHead(found.record, response))
  // A path that is shown from its route's shell may have a record of its own by now.
  const isFresh = found.kind === 'usable' || found.kind === 'unseen'
  const isOwn = isFresh && found.record.key === navigation.keys[0]
  if (mayHaveRecord(response, navigation) && !isOwn) event.waitUntil(learn ? learn(response.clone()) : update())
  return response
}

/** Answers for a page of which nothing is stored. */
export async function navigateUnknown(
  event: FetchEvent,
  config: WorkerConfig,
  { fetchPage }: Network = PLAIN,
): Promise<Response> {
  return (await networkPage(fetchPage(event.request), config, undefined)) ?? offlinePage(event, config)
}

/** Sends the shell immediately, and the holes after it. */
async function resumed(
  event: FetchEvent,
  { keys: [path] }: Navigation,
  { record, page }: { readonly record: StoredRecord & ResumingRecord; readonly page: StoredPage | undefined },
  { config, update, network, copies, waits, learning }: NavigationContext,
): Promise<Response> {
  const { timeouts } = config
  const copy = copies?.(record, event.request)
  const starting = earlyStart(record, page, event.request.url, config)
  const abort = new AbortController()
  const askForRest: AskForRest = async (...asked) => {
    const rest = await network.askForRest(...asked)
    if (rest.kind === 'refused') pageOf(event.resultingClientId).notes.refusal = rest.reason
    // Altered in this browser: deleted immediately, because a script in it may stop the page, and with it the stream that would notice.
    if (rest.kind === 'refused' && rest.reason === 'seal') event.waitUntil(deleteRecord(record).catch(() => {}))
    return rest
  }
  let isEarly = false
  const isInUse = (): boolean => isEarly && isRunning(event.resultingClientId)
  const terms = { signal: abort.signal, timeouts, isInUse, isAsked: network.isAsked?.(event.request) }
  const continued = continueShell(record, event.request, terms, askForRest)
  const rest = continued.then((answer): Rest | Copied | Promise<Rest | Copied> =>
    answer.kind === 'unreachable' && copy ? copy.rest() : answer,
  )
  event.waitUntil(rest.then((answer) => learnHead(record, answer)))
  const begun = await starting
  const start = copy ? copy.keep(begun) : begun
  isEarly = start?.early !== undefined
  const whole = responseBody(event, record, rest, {
    abort,
    path,
    config,
    update,
    hold: learning?.hold,
    skipPreload: network.skipPreload,
    start,
  })
  return toResponse(record, whole, { outcome: 'instant', waits })
}

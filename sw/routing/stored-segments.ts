// What the store answers of a page that Next's router prefetches, though the network is there: a link that is followed as soon as the page
// is there finds its shell, and a second visit downloads no prefetch.
//
//   must answer from what a visit to the page would show, and from nothing that the visitor has changed since;
//   must leave to the network what a request decides: drafts, rewritten addresses, the parameters of a route's shell;
//   must ask behind each answer whether it is the page still, segments and all, once a minute at most, one page after the other, and when
//   the router is quiet: a click soon after the page has opened needs the connection.

import { ELSEWHERE } from '../../protocol/build/route-match.ts'
import { ROUTER_TREE, type Segments } from '../../protocol/record/record.ts'
import type { StoredRecord } from '../../protocol/record/stored.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { isInDraftMode } from '../navigation/context.ts'
import type { Navigation } from '../navigation/eligible.ts'
import { isAlive } from '../navigation/find-record.ts'
import { isPaused } from '../refresh/pause.ts'
import { refresh } from '../refresh/refresh.ts'
import { isMisfit } from '../response/misfits.ts'
import { readWhole } from '../store/records.ts'
import { isOutdated } from '../transport/other-build.ts'
import { isSwitchedOff } from '../transport/switch.ts'
import { withDeadline } from '../util/async.ts'
import { CONFIRM_MS, LINK_STORE_MS, QUIET_MS } from '../util/timeouts.ts'

export type Page = Pick<Navigation, 'keys' | 'mode'>
type Whole = { readonly record: StoredRecord; readonly segments: Segments }

/** Undefined where the network is to be asked. Never rejects. */
export async function findSegments({ keys }: Page, config: WorkerConfig): Promise<Whole | undefined> {
  const [path] = keys
  // Where no origin of ours answers, no one says what is new.
  if (config.transport !== 'auto' || isPaused() || isSwitchedOff() || isOutdated(config)) return undefined
  if (keys.at(-1) === ELSEWHERE) return undefined
  const store = Math.max(config.timeouts.store, LINK_STORE_MS)
  const [found, isDraft] = await Promise.all([
    withDeadline(readWhole(config.buildId, [path]), store).catch(() => undefined),
    isInDraftMode(store),
  ])
  // Where a route of the app can intercept the page, what its router gets depends on where it comes from.
  if (!found?.segments.has(ROUTER_TREE) || isDraft || found.isInvalidated) return undefined
  return isAlive(found.record, config, Date.now()) && !isMisfit(path, found.record) ? found : undefined
}

/** When a question for each record was asked last, and when the router was answered last, by this worker's own clock. */
const askedAt = new Map<string, number>()
let answeredAt = -Infinity
let before: Promise<unknown> = Promise.resolve()

/** Asks whether what was answered is the page's still. Resolves when it is known, at once where it was asked lately. Never rejects. */
export async function confirm(
  request: Request,
  { record, segments }: Whole,
  { keys, mode }: Page,
  config: WorkerConfig,
): Promise<void> {
  const { key, lifetime } = record
  const now = (answeredAt = performance.now())
  const wait = Math.min((lifetime.revalidate ?? Infinity) * 1000, CONFIRM_MS)
  if (now - (askedAt.get(key) ?? -Infinity) < wait) return
  askedAt.set(key, now)
  const { url, headers, referrer, referrerPolicy } = request
  const { origin, pathname } = new URL(url)
  // Not the router's own, whose URL has its state in it.
  const page = new Request(origin + pathname, { headers, referrer, referrerPolicy })
  before = before.then(untilQuiet).then(() => refresh(page, { keys, known: record, mode, segments }, config))
  await before
}

async function untilQuiet(): Promise<void> {
  const left = (): number => answeredAt + QUIET_MS - performance.now()
  while (left() > 0) await new Promise((resolve) => setTimeout(resolve, left()))
}

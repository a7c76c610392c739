// Answers the router's prefetches from the store although the network is available: a link that is clicked as soon as the page has opened
// finds its shell, and a second visit downloads no prefetch.
//
//   must answer from what a visit to the page would show, and from nothing that the visitor has changed since;
//   must leave to the network what depends on the request: drafts, rewritten addresses, the parameters of a route's shell;
//   must check after each answer, in the background, whether it still is the page's, segments included: at most once in the record's
//   `revalidate` or a minute, one page after the other, and when the router is quiet: a click soon after the page has opened needs the
//   connection.

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

/** Undefined if the network must be asked. Never rejects. */
export async function findSegments({ keys }: Page, config: WorkerConfig): Promise<Whole | undefined> {
  const [path] = keys
  // If no origin of ours answers, nothing says what is new.
  if (config.transport !== 'auto' || isPaused() || isSwitchedOff() || isOutdated(config)) return undefined
  if (keys.at(-1) === ELSEWHERE) return undefined
  const store = Math.max(config.timeouts.store, LINK_STORE_MS)
  const [found, isDraft] = await Promise.all([
    withDeadline(readWhole(config.buildId, [path]), store).catch(() => undefined),
    isInDraftMode(store),
  ])
  // If a route of the app can intercept the page, what the router gets depends on the page that it comes from.
  if (!found?.segments.has(ROUTER_TREE) || isDraft || found.isInvalidated) return undefined
  return isAlive(found.record, config, Date.now()) && !isMisfit(path, found.record) ? found : undefined
}

/** When each record was last checked, and when the router was last answered, by this worker's own clock. */
const askedAt = new Map<string, number>()
let answeredAt = -Infinity
let before: Promise<unknown> = Promise.resolve()

/** Checks whether the answer still is the page's. Resolves when that is known; immediately if it was checked lately. Never rejects. */
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
  // Not the router's own request, whose URL contains the router's state.
  const page = new Request(origin + pathname, { headers, referrer, referrerPolicy })
  before = before.then(untilQuiet).then(() => refresh(page, { keys, known: record, mode, segments }, config))
  await before
}

async function untilQuiet(): Promise<void> {
  const left = (): number => answeredAt + QUIET_MS - performance.now()
  while (left() > 0) await new Promise((resolve) => setTimeout(resolve, left()))
}

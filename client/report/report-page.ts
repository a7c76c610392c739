// Gathers one report of this page view and hands it to the app when the page is left. A module of its own, beside the app's bundle, that
// pages with `onReport` load when React has hydrated them: other apps have nothing of this folder. In builds with an inspector every page
// loads it, and tells its worker, too.
//
//   must say nothing of the visitor (protocol/page/page-report.ts);
//   must leave the page as it is: what cannot be known is absent, and nothing is awaited when the page is left.

import { messageSW } from 'workbox-window/messageSW.js'

import { isPageNotes, type PageNotes, type ToWorker } from '../../protocol/page/messages.ts'
import type { ToInspectedWorker } from '../../protocol/page/inspection.ts'
import type { PageReport } from '../../protocol/page/page-report.ts'
import { readServerTiming } from '../../protocol/wire.ts'
import { HOLE_MARK, HYDRATED_MARK } from '../measures.ts'
import { navigationTimings, readPage } from '../page.ts'
import { inTime } from '../register/in-time.ts'
import { hasNumber } from '../register/rollout.ts'
import type { Registration } from '../state.ts'
import { routeOfPage } from './of-next.ts'
import { type Facts, toReport } from './to-report.ts'
import { measureVitals, round } from './vitals.ts'

type Page = Pick<Facts, 'hasShares'> & {
  readonly getState: () => Registration
  readonly scope: string
  readonly isInspected: boolean
}

/** All is known that does not change until the page is left. */
const READY_MARK = 'shell-cache:report-ready'

let isReporting = false
let listener: ((report: PageReport) => void) | undefined

/** Calls the first `onReport` that is given, once: when the page is hidden or left for the first time. */
export function reportPage(onReport: ((report: PageReport) => void) | undefined, page: Page): void {
  listener ??= onReport
  if (isReporting) return
  isReporting = true
  const vitals = measureVitals()
  // Now, or as soon as Next says it: another route may be shown when the page is left.
  let route = routeOfPage()
  let told: { readonly notes?: PageNotes; readonly preload?: boolean } = {}
  const learn = async (): Promise<void> => {
    await whenLoaded()
    route ??= routeOfPage()
    told = await askWorker()
    performance.mark(READY_MARK)
  }
  void learn()
  const facts = (): Facts => ({
    ...(route === undefined ? {} : { route }),
    ...timesOf(),
    ...(told.preload === undefined ? {} : { preload: told.preload }),
    registration: page.getState(),
    hasShares: page.hasShares,
    keepsNumber: hasNumber(page.scope),
    isControlled: Boolean(navigator.serviceWorker?.controller),
    served: readServerTiming(navigationTimings()),
    notes: told.notes,
    offline: readPage().offline,
    vitals: vitals(),
  })
  const sendIfHidden = (): void => {
    if (document.visibilityState !== 'hidden' || isPrerendering()) return
    removeEventListener('visibilitychange', sendIfHidden)
    route ??= routeOfPage()
    const report = toReport(facts())
    if (page.isInspected) tellWorker(report)
    listener?.(report)
  }
  // After `web-vitals`, which takes its last values in the capture phase of the same event. `pagehide` comes before it when a page is left.
  addEventListener('visibilitychange', sendIfHidden)
}

/** Prepared before a click that may never come. */
function isPrerendering(): boolean {
  return Reflect.get(document, 'prerendering') === true
}

function tellWorker(report: PageReport): void {
  const message: ToInspectedWorker = { type: 'shell-cache:reported', at: performance.timeOrigin, report }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
  navigator.serviceWorker?.controller?.postMessage(message)
}

async function whenLoaded(): Promise<void> {
  if (document.readyState !== 'complete')
    await new Promise((resolve) => addEventListener('load', resolve, { once: true }))
}

/** Never rejects. Nothing where no worker answers for this page, and no notes from one of an earlier version. */
async function askWorker(): Promise<{ readonly notes?: PageNotes; readonly preload?: boolean }> {
  const worker = navigator.serviceWorker?.controller
  if (!worker) return {}
  const registration = await navigator.serviceWorker.getRegistration().catch(() => undefined)
  const preload = await registration?.navigationPreload?.getState().catch(() => undefined)
  const notes = await inTime(messageSW(worker, { type: 'shell-cache:notes' } satisfies ToWorker))
  return { ...(preload && { preload: preload.enabled }), ...(isPageNotes(notes) && { notes }) }
}

type Times = Pick<Facts, 'reloaded' | 'shellPainted' | 'hydrated' | 'holes' | 'workerBoot' | 'waits'>

function timesOf(): Times {
  const [navigation] = performance.getEntriesByType('navigation')
  const isKnown = navigation instanceof PerformanceNavigationTiming
  // A page that the browser had prepared begins when it is shown.
  const start = isKnown ? (Reflect.get(navigation, 'activationStart') ?? 0) : 0
  const since = (at: number): number => round(at - start)
  const marks = (name: string): number[] => performance.getEntriesByName(name).map(({ startTime }) => since(startTime))
  const [painted] = performance.getEntriesByType('paint')
  const [hydrated] = marks(HYDRATED_MARK)
  const boot = isKnown && navigation.workerStart > 0 ? round(navigation.fetchStart - navigation.workerStart) : undefined
  return {
    reloaded: isKnown && navigation.type === 'reload',
    ...(painted && { shellPainted: since(painted.startTime) }),
    ...(hydrated !== undefined && { hydrated }),
    holes: marks(HOLE_MARK),
    ...(boot !== undefined && { workerBoot: boot }),
    waits: { store: waitOf('shell-store'), verdict: waitOf('shell-verdict') },
  }
}

function waitOf(name: string): number | undefined {
  const metric = navigationTimings().find((one) => one.name === name)
  return metric && round(metric.duration)
}

// Collects one report of this page view and passes it to the app when the page is left. A separate module, not in the app's bundle: pages
// with `onReport` load it after React has hydrated them, and other apps contain nothing of this folder. In builds with an inspector every
// page loads it, and also sends its report to its worker.
//
//   must say nothing about the visitor (protocol/page/page-report.ts);
//   must not affect the page: what cannot be known is absent, and nothing is awaited when the page is left.

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

/** Set when everything is known that does not change until the page is left. */
const READY_MARK = 'shell-cache:report-ready'

let isReporting = false
let listener: ((report: PageReport) => void) | undefined

/** Calls the first `onReport` that is given, once: when the page is hidden or left for the first time. */
export function reportPage(onReport: ((report: PageReport) => void) | undefined, page: Page): void {
  listener ??= onReport
  if (isReporting) return
  isReporting = true
  const vitals = measureVitals()
  // Read now, or as soon as Next says it: when the page is left, it may show another route.
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
  // Runs after `web-vitals`, which reads its last values in the event's capture phase. When a page is left, `pagehide` comes first.
  addEventListener('visibilitychange', sendIfHidden)
}

/** A prerendered page waits for a click that may never come. */
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

/** Never rejects. Empty if no worker controls this page. Without notes if the worker is of an earlier version. */
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
  // A page that the browser had prerendered begins when it is shown.
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

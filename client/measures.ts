// Measures of a page that came from its shell, under names that the browser's performance panel shows (`performance.measure`). They are for
// anyone who looks there or observes them.

import { readServerTiming } from '../protocol/wire.ts'
import { navigationTimings } from './page.ts'

/** Marks of pages that are reported (report/report-page.ts). */
export const HOLE_MARK = 'shell-cache:hole'
export const HYDRATED_MARK = 'shell-cache:hydrated'

/** Waits for the end of the response. A page that the network has served has only the browser's own measures. */
export function measureWhenLoaded(): void {
  if (document.readyState === 'complete') measure()
  else addEventListener('load', () => setTimeout(measure), { once: true })
}

function measure(): void {
  const served = readServerTiming(navigationTimings())
  const [navigation] = performance.getEntriesByType('navigation')
  if (!served || !(navigation instanceof PerformanceNavigationTiming)) return
  const { workerStart, fetchStart, responseStart, responseEnd } = navigation
  const { outcome, age } = served
  const detail = { outcome, age }
  const spans = [
    ['worker', workerStart, fetchStart],
    ['shell', fetchStart, responseStart],
    ['holes', responseStart, responseEnd],
  ] as const
  for (const [name, start, end] of spans)
    if (start > 0 && end >= start) performance.measure(`shell-cache:${name}`, { start, end, detail })
}

/** Marks that the holes are filled of a page that was opened without a network. */
export function markFilled(): void {
  performance.mark('shell-cache:filled')
}

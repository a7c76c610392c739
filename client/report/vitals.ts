// The web vitals of this page view, as numbers only: the rest of what `web-vitals` knows (elements, URLs) may identify the visitor.

import { onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals/attribution'

import type { PageReport } from '../../protocol/page/page-report.ts'

type Vitals = Pick<PageReport, 'ttfb' | 'fcp' | 'lcp' | 'cls' | 'inp' | 'parts'>

/** Starts to measure. The returned function returns what is known so far. A page from the back/forward cache is another page view. */
export function measureVitals(): () => Vitals {
  const all = { reportAllChanges: true }
  let vitals: Vitals = {}
  const note = ({ parts, ...more }: Vitals): void => {
    vitals = { ...vitals, ...more, ...(parts && { parts: { ...vitals.parts, ...parts } }) }
  }
  const ofThisView =
    <Metric extends { readonly navigationType: string }>(take: (metric: Metric) => void) =>
    (metric: Metric): void => {
      if (metric.navigationType !== 'back-forward-cache') take(metric)
    }
  onTTFB(
    ofThisView(({ value, attribution }) => {
      const { waitingDuration, cacheDuration, dnsDuration, connectionDuration, requestDuration } = attribution
      const ttfb = rounded({ waitingDuration, cacheDuration, dnsDuration, connectionDuration, requestDuration })
      note({ ttfb: round(value), parts: { ttfb } })
    }),
    all,
  )
  onFCP(
    ofThisView(({ value }) => note({ fcp: round(value) })),
    all,
  )
  onLCP(
    ofThisView(({ value, attribution }) => {
      const { timeToFirstByte, resourceLoadDelay, resourceLoadDuration, elementRenderDelay } = attribution
      const lcp = rounded({ timeToFirstByte, resourceLoadDelay, resourceLoadDuration, elementRenderDelay })
      note({ lcp: round(value), parts: { lcp } })
    }),
    all,
  )
  onCLS(
    ofThisView(({ value }) => note({ cls: Math.round(value * 10_000) / 10_000 })),
    all,
  )
  onINP(
    ofThisView(({ value, attribution: { inputDelay, processingDuration, presentationDelay } }) => {
      note({ inp: round(value), parts: { inp: rounded({ inputDelay, processingDuration, presentationDelay }) } })
    }),
    all,
  )
  return () => vitals
}

/** To a tenth of a millisecond: no clock of a browser is finer. */
export function round(milliseconds: number): number {
  return Math.max(0, Math.round(milliseconds * 10) / 10)
}

function rounded<Parts extends { readonly [name: string]: number }>(parts: Parts): Parts {
  return Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, round(value)])) as Parts
}

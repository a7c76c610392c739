// Compares the worker's page views with those of the control group, measure by measure. Pure.

import type { PageReport } from '../../protocol/page/page-report.ts'
import { type Difference, differenceOf, quantile } from './statistics.ts'

export type Measure = {
  readonly name: string
  readonly unit: 'ms' | ''
  readonly of: (report: PageReport) => number | undefined
}

export const MEASURES: readonly Measure[] = [
  { name: 'TTFB', unit: 'ms', of: ({ ttfb }) => ttfb },
  { name: 'FCP', unit: 'ms', of: ({ fcp }) => fcp },
  { name: 'LCP', unit: 'ms', of: ({ lcp }) => lcp },
  { name: 'hydrated', unit: 'ms', of: ({ hydrated }) => hydrated },
  { name: 'last hole', unit: 'ms', of: ({ holes }) => (holes.length === 0 ? undefined : Math.max(...holes)) },
  { name: 'INP', unit: 'ms', of: ({ inp }) => inp },
  { name: 'CLS', unit: '', of: ({ cls }) => cls },
]

/** With fewer page views in a group, its 75th percentile means nothing. */
export const FEWEST = 30

export type Verdict = 'better' | 'worse' | 'no difference' | 'too few'
export type Comparison = {
  readonly measure: Measure
  readonly control: Summary
  readonly worker: Summary
  /** The worker's 75th percentile minus the control group's; undefined if there are too few page views. */
  readonly difference: Difference | undefined
  readonly verdict: Verdict
}
export type Summary = { readonly values: readonly number[]; readonly median: number; readonly p75: number }

export function compare(reports: readonly PageReport[], measure: Measure): Comparison {
  const [control, worker] = (['control', 'worker'] as const).map((group) =>
    summarize(reports.flatMap((report) => (report.group === group ? (measure.of(report) ?? []) : []))),
  ) as [Summary, Summary]
  if (Math.min(control.values.length, worker.values.length) < FEWEST)
    return { measure, control, worker, difference: undefined, verdict: 'too few' }
  const difference = differenceOf(control.values, worker.values, 0.75)
  return { measure, control, worker, difference, verdict: verdictOn(difference) }
}

function summarize(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b)
  return { values: sorted, median: quantile(sorted, 0.5), p75: quantile(sorted, 0.75) }
}

/** For all measures, less is better. */
function verdictOn({ low, high }: Difference): Verdict {
  if (high < 0) return 'better'
  return low > 0 ? 'worse' : 'no difference'
}

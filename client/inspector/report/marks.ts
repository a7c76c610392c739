// The marks that are drawn for a page's report, and the words in which they are read out. Pure.

import type { PageReport } from '../../../protocol/page/page-report.ts'
import { formatMilliseconds } from '../format.ts'

export type Mark = { readonly name: MarkName; readonly at: number }

export const MARK_NAMES = ['first byte', 'first paint', 'largest paint', 'hydrated', 'hole'] as const
export type MarkName = (typeof MARK_NAMES)[number]

/** In order of time. */
export function marksOf({ ttfb, fcp, lcp, hydrated, holes }: PageReport): readonly Mark[] {
  const named: readonly (readonly [MarkName, number | undefined])[] = [
    ['first byte', ttfb],
    ['first paint', fcp],
    ['largest paint', lcp],
    ['hydrated', hydrated],
    ...holes.map((at) => ['hole', at] as const),
  ]
  return named.flatMap(([name, at]) => (at === undefined ? [] : [{ name, at }])).toSorted((a, b) => a.at - b.at)
}

/** The time of the last mark. */
export function endOf(report: PageReport): number {
  return marksOf(report).at(-1)?.at ?? 0
}

/** Empty for a page that was left before anything was known of it. */
export function describe(report: PageReport): string {
  return marksOf(report)
    .map(({ name, at }) => `${name} ${formatMilliseconds(at)}`)
    .join(', ')
}

/** One JSON object a line, as `next-shell-cache report` reads them. */
export function toLines(reports: readonly PageReport[]): string {
  return reports.map((report) => `${JSON.stringify(report)}\n`).join('')
}

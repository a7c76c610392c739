// Makes the table of the command's and the bench's figures for each case. Pure.

import { percentile, toMarkdown } from '../report/statistics.ts'
import type { Case } from './arms.ts'
import type { Look } from './look.ts'

export type CaseResult = {
  readonly judged: Case
  /** The whole output of the command. */
  readonly said: string
  /** Visits without a report. */
  readonly lost: number
  readonly control: readonly Look[]
  readonly other: readonly Look[]
}

type Said = { readonly value: number; readonly low: number; readonly high: number; readonly verdict: string }

const MEASURES = { TTFB: 'ttfb', FCP: 'fcp', LCP: 'lcp' } as const
type Measure = keyof typeof MEASURES

/** A row of the command's table; undefined if the command had too few reports to compare. */
export function saidOf(text: string, measure: Measure): Said | undefined {
  const number = '([−+]?\\d+)'
  const row = new RegExp(`^${measure} .*?${number} ms \\(${number} … ${number}\\) +(.+)$`, 'm').exec(text)
  if (!row) return undefined
  const [, value = '', low = '', high = '', verdict = ''] = row
  const parse = (digits: string): number => Number(digits.replace('−', '-'))
  return { value: parse(value), low: parse(low), high: parse(high), verdict }
}

/** The command's one-sentence summary. */
export function headlineIn(text: string): string {
  return text.split('\n').find((line) => /^(p75 LCP|Too few)/.test(line)) ?? ''
}

export function toFieldTable(results: readonly CaseResult[]): string {
  const rows = results.flatMap(({ judged, said, control, other }) =>
    (Object.keys(MEASURES) as Measure[]).map((measure) => {
      const [before, after] = [control, other].map((looks) =>
        percentile(
          looks.map((look) => look[MEASURES[measure]]),
          0.75,
        ),
      )
      const bench = (after ?? Number.NaN) - (before ?? Number.NaN)
      const report = saidOf(said, measure)
      return [
        judged.name,
        measure,
        `${before?.toFixed(0)} → ${after?.toFixed(0)}`,
        signed(bench),
        report ? `${signed(report.value)} (${signed(report.low)} … ${signed(report.high)})` : 'too few',
        report ? (isWithin(bench, report) ? 'yes' : 'no') : '–',
      ]
    }),
  )
  return toMarkdown([
    ['case', 'measure', 'bench, p75 (ms)', 'difference, bench', 'difference, report (95 %)', 'within'],
    ...rows,
  ])
}

export function toVerdictTable(results: readonly CaseResult[]): string {
  const rows = results.map(({ judged, said, lost, control, other }) => {
    const verdict = saidOf(said, 'LCP')?.verdict ?? 'too few'
    const expected = judged.planted
    return [
      judged.name,
      `${control.length} + ${other.length}`,
      String(lost),
      verdict,
      expected === undefined ? '–' : expected === verdict ? `${expected}: as planted` : `${expected}: missed`,
    ]
  })
  return toMarkdown([['case', 'visits', 'without a report', 'the report says of LCP', 'planted'], ...rows])
}

/** The command prints whole milliseconds. */
function isWithin(bench: number, { low, high }: Said): boolean {
  return bench >= low - 0.5 && bench <= high + 0.5
}

function signed(milliseconds: number): string {
  const rounded = Math.round(milliseconds)
  return rounded === 0 ? '0' : `${rounded < 0 ? '−' : '+'}${Math.abs(rounded)}`
}

// `next-shell-cache report`: compares what pages of a deployment have reported about themselves, one group with the other.

import type { PageReport } from '../../protocol/page/page-report.ts'
import { sharesOf } from '../../protocol/page/report-shares.ts'
import type { Outcome } from '../outcome.ts'
import { type Comparison, compare, FEWEST, MEASURES } from './compare.ts'
import { drawSpread } from './draw-spread.ts'
import { readReports, type Reports } from './read-reports.ts'
import { formatColumns } from './columns.ts'
import type { Difference } from './statistics.ts'

export async function report(file: string): Promise<Outcome> {
  let read: Reports
  try {
    read = await readReports(file)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return failed(`${file} cannot be read (${why}). Name the file that your collector writes.`)
  }
  const { reports, broken, other } = read
  if (reports.length === 0 && other > 0)
    return failed(
      `${file} holds reports of another version only. Use the next-shell-cache that its pages were built with.`,
    )
  if (reports.length === 0)
    return failed(`${file} holds no report. It should have one JSON object of \`onReport\` on each line.`)
  return { text: [...describe(reports), ...leftOut(broken, other)].join('\n\n'), passed: true, isReport: true }
}

function failed(text: string): Outcome {
  return { text: `[shell-cache] ${text}`, passed: false }
}

function leftOut(broken: number, other: number): readonly string[] {
  const lines = (count: number): string => `${count} ${count === 1 ? 'line was' : 'lines were'} left out`
  return [
    ...(broken > 0 ? [`${lines(broken)}: no report of a page.`] : []),
    ...(other > 0 ? [`${lines(other)}: a report of another version of next-shell-cache.`] : []),
  ]
}

function describe(reports: readonly PageReport[]): readonly string[] {
  const count = (group: PageReport['group']): number => reports.filter((one) => one.group === group).length
  const [control, worker, unassigned] = [count('control'), count('worker'), count('unassigned')]
  const comparisons = MEASURES.map((measure) => compare(reports, measure))
  const lcp = comparisons.find(({ measure }) => measure.name === 'LCP')
  const outside = unassigned === 0 ? '' : `, ${unassigned} of neither group`
  return [
    `${reports.length} page views: ${worker} with the worker, ${control} in the control group${outside}.`,
    ...(lcp ? [headline(lcp), drawSpread(lcp)] : []),
    table(comparisons),
    rungs(reports),
  ].filter((part) => part !== '')
}

/** One sentence for readers who read nothing else. */
function headline({ difference, verdict, control, worker }: Comparison): string {
  if (!difference)
    return `Too few page views to compare: each group needs ${FEWEST} with an LCP. A control group comes from the options \`rollout\` and \`holdout\`.`
  const words = {
    better: 'pages are faster with the worker',
    worse: 'pages are slower with the worker',
    'no difference': 'no difference',
    'too few': '',
  }
  return `p75 LCP ${formatDifference(difference, 'ms')}, n = ${worker.values.length} + ${control.values.length}: ${words[verdict]}.`
}

function table(comparisons: readonly Comparison[]): string {
  const head = ['', 'control n', 'median', 'p75', 'worker n', 'median', 'p75', 'p75 difference (95 %)', '']
  const rows = comparisons.map(({ measure: { name, unit }, control, worker, difference, verdict }) => [
    name,
    ...[control, worker].flatMap(({ values, median, p75 }) => [
      String(values.length),
      formatNumber(median, unit),
      formatNumber(p75, unit),
    ]),
    difference ? formatDifference(difference, unit) : '',
    verdict,
  ])
  return formatColumns([head, ...rows])
}

function rungs(reports: readonly PageReport[]): string {
  const shares = sharesOf(reports)
  if (shares.length === 0) return ''
  const rows = shares.map(({ name, count, part }) => [name, String(count), `${(part * 100).toFixed(1)} %`])
  return formatColumns([['with the worker', 'views', 'share'], ...rows])
}

/** `−410 ms (−520 … −300)` */
function formatDifference({ value, low, high }: Difference, unit: 'ms' | ''): string {
  const signed = (number: number): string => {
    const text = unit === 'ms' ? String(Math.round(Math.abs(number))) : Math.abs(number).toFixed(3)
    return Number(text) === 0 ? '0' : `${number < 0 ? '−' : '+'}${text}`
  }
  return `${signed(value)}${unit && ` ${unit}`} (${signed(low)} … ${signed(high)})`
}

function formatNumber(value: number, unit: 'ms' | ''): string {
  if (Number.isNaN(value)) return '–'
  return unit === 'ms' ? `${Math.round(value)} ms` : value.toFixed(3)
}

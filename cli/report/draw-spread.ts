// Draws a chart of how long pages took, with both groups on one scale.

import type { Comparison, Summary } from './compare.ts'
import { quantile } from './statistics.ts'

const STEPS = 12
const WIDTH = 24

/** Shares of page views by time, as bars of text. Empty if a group has no page views. */
export function drawSpread({ measure, control, worker }: Comparison): string {
  if (control.values.length === 0 || worker.values.length === 0) return ''
  // A few extremely slow page views would leave no room for the others.
  const end = Math.max(1, ...[control, worker].map(({ values }) => quantile(values, 0.95)))
  const [left, right] = [partsOf(control, end), partsOf(worker, end)]
  const most = Math.max(...left, ...right)
  const labels = left.map((_, at) => `${Math.round((end / STEPS) * at)} ms`)
  const width = Math.max(...labels.map((label) => label.length), measure.name.length)
  const rows = labels.map((label, at) =>
    `${label.padStart(width)}  ${bar(left[at] ?? 0, most)}  ${bar(right[at] ?? 0, most)}`.trimEnd(),
  )
  return [`${measure.name.padStart(width)}  ${'control'.padEnd(WIDTH)}  worker`, ...rows].join('\n')
}

/** The last step also includes everything that took longer. */
function partsOf({ values }: Summary, end: number): readonly number[] {
  const counts = Array.from({ length: STEPS }, () => 0)
  for (const value of values) {
    const at = Math.min(STEPS - 1, Math.floor((value / end) * STEPS))
    counts[at] = (counts[at] ?? 0) + 1
  }
  return counts.map((count) => count / values.length)
}

function bar(part: number, most: number): string {
  const length = Math.round((part / most) * WIDTH)
  return '█'.repeat(part > 0 ? Math.max(1, length) : 0).padEnd(WIDTH)
}

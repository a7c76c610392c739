// Writes every single figure of a run as JSON, for other analyses. Pure.

import { nameOf } from '../cells.ts'
import { type Measure, measuresOf, type Taken, valuesOf } from './summary.ts'

/** The figures by cell, arm and measure, in the order of measurement; null for missing ones. */
export function toRaw(taken: readonly Taken[]): string {
  const cells = taken.map((each) => {
    const arms = each.cell.arms.map((arm) => {
      const measures = measuresOf(each.cell).map((measure) => [
        measure,
        valuesOf(each, arm, measure).map((value) => toNumber(value, measure)),
      ])
      return [arm.name, { ...Object.fromEntries(measures), served: servedOf(each, arm.name) }]
    })
    return [nameOf(each.cell), Object.fromEntries(arms)]
  })
  return `${JSON.stringify(Object.fromEntries(cells))}\n`
}

/** JSON has no Infinity. A page's clock is less precise than a millisecond. */
function toNumber(value: number, measure: Measure): number | null {
  if (!Number.isFinite(value)) return null
  return measure === 'TTFB' ? Number(value.toFixed(1)) : Math.round(value)
}

/** Our worker's outcomes, with their counts. */
function servedOf({ visits }: Taken, arm: string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { served } of visits.get(arm) ?? []) counts[served] = (counts[served] ?? 0) + 1
  return counts
}

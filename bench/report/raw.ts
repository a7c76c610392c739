// Every single figure of a run as JSON, for whoever wants to count in another way. Pure.

import { nameOf } from '../cells.ts'
import { type Measure, measuresOf, type Taken, valuesOf } from './summary.ts'

/** By cell, arm and measure, in the order in which they were measured; null for what did not come. */
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

/** JSON has no Infinity. A whole millisecond is more than the clock of a page is good for. */
function toNumber(value: number, measure: Measure): number | null {
  if (!Number.isFinite(value)) return null
  return measure === 'TTFB' ? Number(value.toFixed(1)) : Math.round(value)
}

/** How our worker says that it has answered, with how often. */
function servedOf({ visits }: Taken, arm: string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { served } of visits.get(arm) ?? []) counts[served] = (counts[served] ?? 0) + 1
  return counts
}

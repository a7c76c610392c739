// From visits to figures: what each arm of a cell comes to in each measure. Pure; used by report.ts, goals.ts and charts.ts.

import { type Arm, isOurs, NO_WORKER } from '../arms.ts'
import type { Cell } from '../cells.ts'
import { median, percentile, type Ratio, ratioOf, seeded } from './statistics.ts'
import { TIMES, type Times } from '../browser/visit.ts'

export const MEASURES = [...TIMES, 'bytes down', 'bytes up', 'renders', 'completion', 'from the shell'] as const
export type Measure = (typeof MEASURES)[number]

/** A visit with everything that is known of it once its cell is over. */
export type Counted = {
  readonly times: Times
  readonly down: number
  readonly up: number
  readonly renders: number
  readonly isComplete: boolean
  readonly served: string
}

/** A cell with the visits of each arm, by its name. */
export type Taken = {
  readonly cell: Cell
  readonly visits: ReadonlyMap<string, readonly Counted[]>
  /** Of the machine, a minute's mean at its end. */
  readonly load: number
}

export type Figure = { readonly p50: number; readonly p90: number; readonly mean: number }

export function valuesOf({ visits }: Taken, arm: Arm, measure: Measure): readonly number[] {
  return (visits.get(arm.name) ?? []).map((visit) => valueOf(visit, measure))
}

function valueOf(visit: Counted, measure: Measure): number {
  if (measure === 'bytes down') return visit.down
  if (measure === 'bytes up') return visit.up
  if (measure === 'renders') return visit.renders
  if (measure === 'completion') return visit.isComplete ? 1 : 0
  if (measure === 'from the shell') return visit.served === 'instant' ? 1 : 0
  return visit.times[measure]
}

export function figureOf(taken: Taken, arm: Arm, measure: Measure): Figure {
  const values = valuesOf(taken, arm, measure)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return { p50: median(values), p90: percentile(values, 0.9), mean }
}

/** Some have nothing of it: the page of the floor no hole, the workers of others no shell. */
export function isMeasured(arm: Arm, measure: Measure): boolean {
  if (measure === 'from the shell') return isOurs(arm)
  return !arm.isFloor || !['hole painted', 'hole painted, fresh', 'shell hydrated', 'renders'].includes(measure)
}

/** Undefined where there is no sensible one: what never came is no multiple of anything. */
export function ratioIn(taken: Taken, arm: Arm, measure: Measure, base: Arm = NO_WORKER): Ratio | undefined {
  if (!taken.cell.arms.includes(base) || !isMeasured(arm, measure)) return undefined
  const ratio = ratioOf(valuesOf(taken, arm, measure), valuesOf(taken, base, measure), seeded(1))
  return Number.isFinite(ratio.ratio) ? ratio : undefined
}

export function formatRatio({ ratio, low, high }: Ratio): string {
  const format = (value: number): string => (Number.isFinite(value) ? value.toFixed(2) : '∞')
  return `${format(ratio)} (${format(low)}–${format(high)})`
}

// Computes the figures of each arm of a cell in each measure from its visits. Pure; used by report.ts, goals.ts and charts.ts.

import { type Arm, isOurs, NO_WORKER } from '../arms.ts'
import type { Cell } from '../cells.ts'
import { median, percentile, type Ratio, ratioOf, seeded } from './statistics.ts'
import type { Tap } from '../browser/tap.ts'
import { TIMES, type Times } from '../browser/visit.ts'

const TAP_MEASURES = ['tap answered', 'tap to answer', 'INP of the tap'] as const
const MEASURES = [
  ...TIMES,
  ...TAP_MEASURES,
  'bytes down',
  'bytes up',
  'renders',
  'completion',
  'from the shell',
] as const
export type Measure = (typeof MEASURES)[number]

const isOfTap = (measure: Measure): boolean => TAP_MEASURES.some((each) => each === measure)

/** The measures of a tap are included only if the cell has one. */
export const measuresOf = ({ hasTap }: Cell): readonly Measure[] =>
  MEASURES.filter((measure) => hasTap || !isOfTap(measure))

/** A visit with everything that is known about it after its cell has ended. */
export type Counted = {
  readonly times: Times
  readonly down: number
  readonly up: number
  readonly renders: number
  readonly isComplete: boolean
  readonly served: string
  readonly tap?: Tap
}

/** A cell with the visits of each arm, by its name. */
export type Taken = {
  readonly cell: Cell
  readonly visits: ReadonlyMap<string, readonly Counted[]>
  /** The machine's load average of the last minute, at the end of the cell. */
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
  if (measure === 'tap answered') return Number.isFinite(visit.tap?.answer) ? 1 : 0
  // A navigation that was incomplete, or had no tap, counts as an unanswered tap.
  if (measure === 'tap to answer') return visit.tap?.answer ?? Infinity
  if (measure === 'INP of the tap') return visit.tap?.inp ?? Infinity
  return visit.times[measure]
}

export function figureOf(taken: Taken, arm: Arm, measure: Measure): Figure {
  const values = valuesOf(taken, arm, measure)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return { p50: median(values), p90: percentile(values, 0.9), mean }
}

const NOT_OF_THE_FLOOR: readonly Measure[] = ['hole painted', 'hole painted, fresh', 'shell hydrated', 'renders']

/** Not every arm has every measure: the floor's page has no hole, other workers have no shell. */
export function isMeasured(arm: Arm, measure: Measure): boolean {
  if (measure === 'from the shell') return isOurs(arm)
  return !arm.isFloor || !(isOfTap(measure) || NOT_OF_THE_FLOOR.includes(measure))
}

/** Undefined if no ratio makes sense: a missing figure is not a multiple of anything. */
export function ratioIn(taken: Taken, arm: Arm, measure: Measure, base: Arm = NO_WORKER): Ratio | undefined {
  if (!taken.cell.arms.includes(base) || !isMeasured(arm, measure)) return undefined
  const ratio = ratioOf(valuesOf(taken, arm, measure), valuesOf(taken, base, measure), seeded(1))
  return Number.isFinite(ratio.ratio) ? ratio : undefined
}

export function formatRatio({ ratio, low, high }: Ratio): string {
  const format = (value: number): string => (Number.isFinite(value) ? value.toFixed(2) : '∞')
  return `${format(ratio)} (${format(low)}–${format(high)})`
}

// Makes the tables of each arm's figures in each engine, by the way in which the visitor reached the page. Pure.

import { PROFILES } from '../cells.ts'
import { median, type Ratio, ratioOf, seeded, toMarkdown } from '../report/statistics.ts'
import type { EngineCell } from './cells.ts'
import { TIMES, type Trip, type TripTime, WORKER_TIMES } from './trip.ts'

/** A cell with the visits of each arm that were in the cell's state. The other arms are compared with the first. */
export type EngineRow = {
  readonly cell: EngineCell
  readonly arms: readonly { readonly name: string; readonly trips: readonly Trip[] }[]
}

/** Whether the worker was in the state that is measured. */
export const isAsMeant = ({ state }: EngineCell, { worker }: Trip): boolean =>
  worker === 'none' || worker === (state.isCold ? 'cold' : 'warm')

const MEASURES = [...TIMES, 'bytes', 'documents'] as const

export function toEngineTable(rows: readonly EngineRow[]): string {
  const names = rows[0]?.arms.map(({ name }) => name) ?? []
  const body = rows.flatMap(({ cell, arms }) =>
    MEASURES.map((measure) => {
      const base = valuesOf(arms[0]?.trips ?? [], measure)
      return [
        lineOf(cell),
        measure,
        ...arms.map(({ trips }, at) => entry(valuesOf(trips, measure), at === 0 ? undefined : base, measure)),
      ]
    }),
  )
  return toMarkdown([['line', 'measure', ...names], ...body])
}

/** The medians of each step from the start of the navigation to the request on the line. */
export function toStartTable(rows: readonly EngineRow[]): string {
  const steps = [...WORKER_TIMES, 'request on the line', 'first byte'] as const
  const body = rows.flatMap(({ cell, arms: [base, ...arms] }) =>
    arms.map(({ name, trips }) => {
      const without = median(valuesOf(base?.trips ?? [], 'request on the line'))
      const own = median(valuesOf(trips, 'request on the line'))
      const times = steps.map((step) => format(median(valuesOf(trips, step))))
      return [cell.engine, cell.state.name, lineOf(cell), name, ...times, format(own - without)]
    }),
  )
  return toMarkdown([['engine', 'visit', 'line', 'arm', ...steps, 'request later than without'], ...body])
}

/** The number of visits by arm, and how they were answered. */
export function toCounts({ cell, arms }: EngineRow): string {
  const parts = arms.map(({ name, trips }) => {
    const shells = trips.filter(({ served }) => served === 'instant').length
    const posts = trips.filter(({ documents: [first = ''] }) => first.startsWith('POST')).length
    return `${name} ${trips.length}${shells === 0 ? '' : ` (${shells} from the shell, ${posts} by POST)`}`
  })
  return `${lineOf(cell)}: ${parts.join(', ')}`
}

function valuesOf(trips: readonly Trip[], measure: (typeof MEASURES)[number] | TripTime): readonly number[] {
  if (measure === 'bytes') return trips.map(({ bytes }) => bytes)
  if (measure === 'documents') return trips.map(({ documents }) => documents.length)
  return trips.map(({ times }) => times[measure] ?? Infinity)
}

function entry(values: readonly number[], base: readonly number[] | undefined, measure: string): string {
  if (values.length === 0) return '–'
  if (measure === 'documents') return (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(2)
  const own = `${format(median(values))} ${measure === 'bytes' ? 'B' : 'ms'}`
  // Without a worker the request is sent immediately, so a ratio to that time says nothing.
  if (!base?.length || measure === 'request on the line') return own
  return `${own}, ${say(ratioOf(values, base, seeded(1)))}`
}

function lineOf({ line }: EngineCell): string {
  const { roundTrip, megabits } = PROFILES[line]
  return `${roundTrip} ms, ${megabits} Mbit/s`
}

const format = (value: number): string => (Number.isFinite(value) ? value.toFixed(0) : 'never')
const say = ({ ratio, low, high }: Ratio): string => `${ratio.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`

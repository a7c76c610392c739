// Makes a table with one row for each way, with and without the worker. Pure. A row is worse if its ratio is above the limit and that is
// not noise, that is, if the whole interval of the ratio is above the limit.

import { median, type Ratio, ratioOf, seeded, toMarkdown } from '../report/statistics.ts'
import type { Way } from './ways.ts'

/** The milliseconds, requests and bytes of a visit by a way. Infinity for what never arrived. */
export type Trip = {
  readonly firstByte: number
  readonly fcp: number
  readonly end: number
  /** Method and path of each request for a document. */
  readonly documents: readonly string[]
  readonly bytes: number
}

export type Row = {
  readonly way: Way
  readonly without: readonly Trip[]
  /** The null comparison. */
  readonly again: readonly Trip[]
  readonly ours: readonly Trip[]
}

export type Fault = { readonly way: string; readonly text: string; readonly isBeyondNoise: boolean }

const TIMES = ['firstByte', 'fcp', 'end'] as const
const NAMES = { firstByte: 'first byte', fcp: 'first paint', end: 'end' } as const

/** The highest ratio that a worker may cause for this way. */
export const limitOf = ({ isGated }: Way): number => (isGated ? 1.15 : 1.05)

export function faultsIn(row: Row): Fault[] {
  const { way, without, ours } = row
  const slow = TIMES.flatMap((name) => {
    const ratio = compare(ours, without, name)
    // A missing figure has no ratio, and counts as worse.
    const isWorse = !(ratio.ratio <= limitOf(way))
    const text = `${NAMES[name]} ${say(ratio)} above ${limitOf(way)}`
    return isWorse ? [{ way: way.name, text, isBeyondNoise: !(ratio.low <= limitOf(way)) }] : []
  })
  const more = documentsOf(ours) - documentsOf(without)
  if (!(more > 0)) return slow
  return [
    ...slow,
    { way: way.name, text: `${more.toFixed(1)} documents more (${longest(ours).join(', ')})`, isBeyondNoise: true },
  ]
}

export function toTable(rows: readonly Row[]): string {
  const head = ['way', ...TIMES.map((name) => NAMES[name]), 'documents', 'bytes', 'worse']
  const body = rows.map((row) => [
    row.way.name,
    ...TIMES.map((name) => {
      const times = `${format(middle(row.without, name))} → ${format(middle(row.ours, name))}`
      return `${times}, ${say(compare(row.ours, row.without, name))}; null ${compare(row.again, row.without, name).ratio.toFixed(2)}`
    }),
    `${documentsOf(row.without).toFixed(1)} → ${documentsOf(row.ours).toFixed(1)}`,
    `${format(middle(row.without, 'bytes'))} → ${format(middle(row.ours, 'bytes'))}`,
    verdictOn(row),
  ])
  return toMarkdown([head, ...body])
}

function verdictOn(row: Row): string {
  const faults = faultsIn(row)
  if (faults.length === 0) return 'no'
  return faults.some(({ isBeyondNoise }) => isBeyondNoise) ? '**yes**' : 'within noise'
}

type Figure = Exclude<keyof Trip, 'documents'>

const compare = (ours: readonly Trip[], base: readonly Trip[], name: Figure): Ratio =>
  ratioOf(valuesOf(ours, name), valuesOf(base, name), seeded(1))

const valuesOf = (trips: readonly Trip[], name: Figure): number[] => trips.map((trip) => trip[name])
const middle = (trips: readonly Trip[], name: Figure): number => median(valuesOf(trips, name))
const documentsOf = (trips: readonly Trip[]): number =>
  trips.reduce((sum, { documents }) => sum + documents.length, 0) / trips.length
const longest = (trips: readonly Trip[]): readonly string[] =>
  trips.map(({ documents }) => documents).toSorted((one, other) => other.length - one.length)[0] ?? []
const format = (value: number): string => (Number.isFinite(value) ? value.toFixed(0) : 'never')
const say = ({ ratio, low, high }: Ratio): string =>
  Number.isFinite(ratio) ? `${ratio.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})` : 'never'

// Makes the table of first visits with and without the worker, by the number of an app's pages. Pure.

import { median, type Ratio, ratioOf, seeded, toMarkdown } from '../report/statistics.ts'
import type { Size } from './apps.ts'

/** Milliseconds from the navigation's start, and bytes downloaded until the line was quiet. */
export type FirstVisit = {
  readonly firstByte: number
  readonly fcp: number
  readonly end: number
  readonly load: number
  readonly quiet: number
  readonly bytes: number
}

export type SizeRow = {
  readonly size: Size
  readonly without: readonly FirstVisit[]
  readonly again: readonly FirstVisit[]
  readonly ours: readonly FirstVisit[]
}

/** The package's limits, for the bytes and for each time that a visitor waits for. No visitor waits for `quiet`. */
const LIMITS = { firstByte: 1.02, fcp: 1.02, end: 1.02, load: 1.02, bytes: 2 } as const
const MEASURES = ['firstByte', 'fcp', 'end', 'load', 'bytes', 'quiet'] as const
const NAMES = {
  firstByte: 'first byte',
  fcp: 'first paint',
  end: 'end',
  load: 'load',
  bytes: 'bytes',
  quiet: 'until quiet',
}

export const nameOfSize = ({ pages, inlineCss }: Size): string => `${pages} pages${inlineCss ? ', `inlineCss`' : ''}`

export function toFirstVisitTable(rows: readonly SizeRow[]): string {
  const body = rows.flatMap((row) =>
    MEASURES.map((measure) => {
      const { without, again, ours } = row
      const of = (visits: readonly FirstVisit[]): number[] => visits.map((visit) => visit[measure])
      const ratio = ratioOf(of(ours), of(without), seeded(1))
      const chance = ratioOf(of(again), of(without), seeded(1))
      return [
        nameOfSize(row.size),
        NAMES[measure],
        median(of(without)).toFixed(0),
        median(of(ours)).toFixed(0),
        say(ratio),
        say(chance),
        verdict(ratio, measure === 'quiet' ? undefined : LIMITS[measure]),
      ]
    }),
  )
  return toMarkdown([['app', 'measure', 'no worker', 'ours', 'ratio', 'null', 'limit'], ...body])
}

function verdict({ ratio, low, high }: Ratio, limit: number | undefined): string {
  if (limit === undefined) return '–'
  const doubt = low <= limit && limit < high ? ', within noise' : ''
  return `${limit}: ${ratio <= limit ? 'met' : 'missed'}${doubt}`
}

const say = ({ ratio, low, high }: Ratio): string => `${ratio.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`

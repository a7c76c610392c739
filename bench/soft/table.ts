// What moves within an app take with the worker beside without. Pure.

import { median, ratioOf, type Ratio, seeded, toMarkdown } from '../report/statistics.ts'
import type { Click } from './click.ts'
import type { Move } from './moves.ts'

export type Trip = Click & {
  /** Down the line, from the start of the page until nothing moved any more, without the click. */
  readonly bytes: number
  /** Of the router for what links lead to, and of the worker for records. */
  readonly prefetches: number
  readonly questions: number
}

export type MoveRow = {
  readonly move: Move
  readonly without: readonly Trip[]
  readonly again: readonly Trip[]
  readonly ours: readonly Trip[]
}

const TIMES = { shell: 'shell painted', hole: 'hole painted', bytes: 'bytes of the page and its prefetches' } as const

export function toMoveTable(rows: readonly MoveRow[]): string {
  const body = rows.flatMap(({ move, without, again, ours }) =>
    (['shell', 'hole', 'bytes'] as const).map((measure) => {
      const of = (trips: readonly Trip[]): number[] => trips.map((trip) => trip[measure])
      const ratio = ratioOf(of(ours), of(without), seeded(1))
      const goal = move.goals?.[measure]
      const count = (trips: readonly Trip[], name: 'prefetches' | 'questions'): string =>
        median(trips.map((trip) => trip[name])).toFixed(0)
      return [
        move.name,
        TIMES[measure],
        median(of(without)).toFixed(0),
        median(of(ours)).toFixed(0),
        say(ratio),
        say(ratioOf(of(again), of(without), seeded(1))),
        judge(goal, [median(of(without)), median(of(ours))]),
        measure === 'bytes'
          ? `${count(without, 'prefetches')} → ${count(ours, 'prefetches')} and ${count(ours, 'questions')}`
          : '',
      ]
    }),
  )
  return toMarkdown([
    ['move', 'measure', 'no worker', 'ours', 'ratio', 'null', 'goal', 'prefetches and questions'],
    ...body,
  ])
}

/** What was not seen is Infinity, and a ratio with it says nothing. */
function judge(goal: number | undefined, [without, ours]: readonly [number, number]): string {
  if (goal === undefined) return '–'
  if (!Number.isFinite(without + ours)) return `${goal}: not measured`
  return `${goal}: ${ours <= goal * without ? 'met' : 'missed'}`
}

const say = ({ ratio, low, high }: Ratio): string => `${ratio.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`

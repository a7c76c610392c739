// Makes the tables of moves within an app, with and without the worker. Pure.

import { median, ratioOf, type Ratio, seeded, toMarkdown } from '../report/statistics.ts'
import type { Click } from './click.ts'
import { isPlain, isSpeculating, type Move } from './moves.ts'

export type Trip = Click & {
  /** Downloaded from the start of the page until the line was quiet, without the click. */
  readonly bytes: number
  /** Requests of the router for the links' pages (`prefetches`), and of the worker for records (`questions`). */
  readonly prefetches: number
  readonly questions: number
  /** How often the server has rendered the hole of the clicked page. */
  readonly renders: number
}

export type MoveRow = {
  readonly move: Move
  readonly without: readonly Trip[]
  readonly again: readonly Trip[]
  readonly ours: readonly Trip[]
}

const TIMES = { shell: 'shell painted', hole: 'hole painted', bytes: 'bytes of the page and its prefetches' } as const
const NONE = 'not measured'

export function toMoveTable(rows: readonly MoveRow[]): string {
  const body = rows.flatMap(({ move, without, again, ours }) =>
    (['shell', 'hole', 'bytes'] as const).map((measure) => {
      const of = (trips: readonly Trip[]): number[] => trips.map((trip) => trip[measure])
      const goal = move.goals?.[measure]
      return [
        move.name,
        TIMES[measure],
        sayTime(of(without)),
        sayTime(of(ours)),
        sayRatio(of(ours), of(without)),
        sayRatio(of(again), of(without)),
        judge(goal, [median(of(without)), median(of(ours))]),
        ...(measure === 'bytes' ? countsOf(move, without, ours) : ['', '', '']),
      ]
    }),
  )
  return toMarkdown([
    [
      'move',
      'measure',
      'no worker',
      'ours',
      'ratio',
      'null',
      'goal',
      'prefetches and questions',
      'renders at the origin per visited page',
      'prepared',
    ],
    ...body,
  ])
}

/** How much more the origin renders with a worker, as a number. Browsers that prepare pages may cause more, which is counted separately. */
export function toRenderSentence(rows: readonly MoveRow[]): string {
  const [moves, speculating] = [false, true].map((is) => rows.filter(({ move }) => isSpeculating(move) === is))
  const of = (some: readonly MoveRow[] = [], arm: 'without' | 'ours'): number =>
    rendersPerPage(some.flatMap((row) => row[arm]))
  const [without, ours] = [of(moves, 'without'), of(moves, 'ours')]
  const outcome = !Number.isFinite(without + ours) ? NONE : ours <= without ? 'met' : 'missed'
  return `Renders at the origin per visited page: ${sayRenders(without)} without a worker and ${sayRenders(ours)} with ours over all moves without \`speculate\` (goal: no more: ${outcome}); ${sayRenders(of(speculating, 'without'))} and ${sayRenders(of(speculating, 'ours'))} with it.`
}

function countsOf(move: Move, without: readonly Trip[], ours: readonly Trip[]): string[] {
  const count = (trips: readonly Trip[], name: 'prefetches' | 'questions'): string =>
    median(trips.map((trip) => trip[name])).toFixed(0)
  const prepared = ours.filter(({ isPrepared }) => isPrepared).length
  return [
    `${count(without, 'prefetches')} → ${count(ours, 'prefetches')} and ${count(ours, 'questions')}`,
    `${sayRenders(rendersPerPage(without))} → ${sayRenders(rendersPerPage(ours))}`,
    isPlain(move.page) ? `${prepared} of ${ours.length}` : '',
  ]
}

/** Renders for pages that were then not visited also count. NaN if no page was visited. */
function rendersPerPage(trips: readonly Trip[]): number {
  const visited = trips.filter(({ hole }) => Number.isFinite(hole)).length
  return visited === 0 ? Number.NaN : trips.reduce((sum, { renders }) => sum + renders, 0) / visited
}

const sayRenders = (renders: number): string => (Number.isNaN(renders) ? NONE : renders.toFixed(2))

/** A missing figure is Infinity, and a ratio with it says nothing. */
function judge(goal: number | undefined, [without, ours]: readonly [number, number]): string {
  if (goal === undefined) return '–'
  if (!Number.isFinite(without + ours)) return `${goal}: ${NONE}`
  return `${goal}: ${ours <= goal * without ? 'met' : 'missed'}`
}

function sayTime(values: readonly number[]): string {
  const [middle, seen] = [median(values), values.filter(Number.isFinite).length]
  const said = Number.isFinite(middle) ? middle.toFixed(0) : NONE
  return seen === values.length ? said : `${said} (${seen} of ${values.length} seen)`
}

function sayRatio(values: readonly number[], base: readonly number[]): string {
  if (!Number.isFinite(median(values) + median(base))) return NONE
  const { ratio, low, high }: Ratio = ratioOf(values, base, seeded(1))
  // A ratio of 0 to 0 does not exist.
  return Number.isNaN(ratio) ? '–' : `${toText(ratio)} (${toText(low)}–${toText(high)})`
}

/** A bound is infinite if some clicks have no figure. */
const toText = (ratio: number): string => (Number.isFinite(ratio) ? ratio.toFixed(2) : '∞')

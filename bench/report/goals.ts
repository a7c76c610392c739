// The package's goals, from the issue, and whether a run meets them. Pure. A missed goal is reported with its figure and its reason; it
// makes nothing fail.

import { type Arm, EARLY, FLOOR, NO_WORKER, OURS, PREFIX } from '../arms.ts'
import type { Cell } from '../cells.ts'
import type { Ratio } from './statistics.ts'
import { formatRatio, type Measure, ratioIn, type Taken } from './summary.ts'
import { TIMES } from '../browser/visit.ts'

export type Goal = {
  readonly name: string
  /** The worst of these counts. */
  readonly measures: readonly Measure[]
  readonly in: (cell: Cell) => boolean
  /** The highest allowed ratio to `base`. */
  readonly limit: number
  readonly base?: Arm
  readonly arms?: readonly Arm[]
  /** Why the goal cannot be met, or not easily, if that is known. */
  readonly hindrance?: string
}

const isPlain = ({ page, hole, boot, hasTap }: Cell): boolean =>
  page === '/small' && hole === 100 && boot === 0 && !hasTap
const at =
  (profile: Cell['profile'], ...states: readonly Cell['state'][]) =>
  (cell: Cell): boolean =>
    isPlain(cell) && cell.profile === profile && states.includes(cell.state)
const both = (profile: Cell['profile']): ((cell: Cell) => boolean) => at(profile, 'warm', 'cold')

const HELD =
  'React holds a reveal until the first paint and 300 ms (`$RT`), so an earlier paint moves the hole only as far as its bytes come.'
const ROWS = 'React needs the payload of the whole page, which comes with the rest, not with the shell.'
const STARTED =
  'What is left is the browser’s own way to a worker’s answer, cold with the worker’s start in it: the floor has both.'
const PAINT = 'Laying out and painting the page takes as long as without the worker, and is nearly all that is left.'
const ENDS = 'The last bytes are the hole’s, which the server sends as late as ever; the worker’s own work is added.'

function goals(
  name: string,
  measures: readonly Measure[],
  [warm, cold, slow, near]: readonly [number, number, number, number],
  hindrance?: string,
): Goal[] {
  const more = { name, measures, ...(hindrance === undefined ? {} : { hindrance }) }
  return [
    { ...more, in: at('100/10', 'warm'), limit: warm },
    { ...more, in: at('100/10', 'cold'), limit: cold },
    { ...more, in: both('300/1.6'), limit: slow },
    { ...more, in: both('20/50'), limit: near },
  ]
}

function hydratedEarly(profile: Cell['profile'], limit: number): Goal[] {
  return [
    {
      name: 'shell hydrated, early start',
      measures: ['shell hydrated'],
      // Also for cells with a tap, which makes React start with the tapped element.
      in: (cell) => at(profile, 'warm')({ ...cell, hasTap: false }),
      limit,
      arms: [EARLY],
    },
  ]
}

export const GOALS: readonly Goal[] = [
  ...goals('TTFB', ['TTFB'], [0.05, 0.12, 0.03, 0.3], STARTED),
  ...goals('FCP', ['FCP'], [0.25, 0.32, 0.12, 0.65], PAINT),
  ...goals('LCP in the shell', ['LCP'], [0.25, 0.32, 0.12, 0.65], PAINT),
  ...goals('hole painted, fresh', ['hole painted, fresh'], [0.65, 0.65, 0.78, 0.92], HELD),
  ...goals('shell hydrated', ['shell hydrated'], [0.9, 0.9, 1, 0.95], ROWS),
  ...goals('response end', ['response end'], [1, 1, 1, 1.1], ENDS),
  ...hydratedEarly('100/10', 0.45),
  ...hydratedEarly('300/1.6', 0.25),
  ...hydratedEarly('20/50', 0.85),
  {
    name: 'bytes down',
    measures: ['bytes down'],
    in: ({ state }) => ['warm', 'cold', 'new process', 'open connection'].includes(state),
    limit: 0.8,
    arms: OURS.filter((arm) => arm !== PREFIX),
  },
  {
    name: 'worst time, workers start 200 ms later',
    measures: TIMES,
    in: ({ boot }) => boot > 0,
    limit: 1.1,
    hindrance: 'What the worker asks for leaves only when it runs; a preload leaves before.',
  },
  {
    name: 'worst time, first visit',
    measures: TIMES,
    in: ({ state }) => state === 'first visit',
    limit: 1.02,
    hindrance:
      'The worst of seven medians of a few visits: the null comparison beside it shows what chance alone makes of that.',
  },
  {
    name: 'TTFB to the floor',
    measures: ['TTFB'],
    in: at('100/10', 'cold'),
    limit: 1.25,
    base: FLOOR,
    hindrance:
      'The floor opens no database and reads nothing; cache first beside it reads Cache Storage, and hashes nothing.',
  },
]

/** @property over - How far the figure is above the limit: 0 or less if the goal is met, Infinity if the figure is missing. */
export type Verdict = { readonly text: string; readonly over: number }

export type Judged = {
  readonly goal: Goal
  readonly cell: Cell
  readonly verdicts: ReadonlyMap<Arm, Verdict>
}

/** Judges each goal in each of its cells. */
export function judge(taken: readonly Taken[], nulls: readonly Arm[] = []): Judged[] {
  return GOALS.flatMap((goal) =>
    taken
      .filter(({ cell }) => goal.in(cell))
      .map((each) => ({ goal, cell: each.cell, verdicts: judgeCell(goal, each, [...nulls, ...(goal.arms ?? OURS)]) })),
  )
}

function judgeCell(goal: Goal, taken: Taken, arms: readonly Arm[]): Judged['verdicts'] {
  const verdicts = new Map<Arm, Verdict>()
  for (const arm of arms.filter((each) => taken.cell.arms.includes(each))) {
    const worst = worstOf(goal, taken, arm)
    const over = worst ? worst.ratio.ratio - goal.limit : Infinity
    verdicts.set(arm, { over, text: worst ? say(goal, worst, over) : 'missed: it did not come' })
  }
  return verdicts
}

type Worst = { readonly measure: Measure; readonly ratio: Ratio }

function worstOf({ measures, base = NO_WORKER }: Goal, taken: Taken, arm: Arm): Worst | undefined {
  const ratios = measures.map((measure) => ({ measure, ratio: ratioIn(taken, arm, measure, base) }))
  if (ratios.some(({ ratio }) => ratio === undefined)) return undefined
  return ratios
    .flatMap(({ measure, ratio }) => (ratio ? [{ measure, ratio }] : []))
    .toSorted((a, b) => b.ratio.ratio - a.ratio.ratio)[0]
}

function say({ limit, measures }: Goal, { measure, ratio }: Worst, over: number): string {
  const which = measures.length > 1 ? `${measure} ` : ''
  // If the interval includes the limit, this run does not decide.
  const doubt = ratio.low <= limit && limit < ratio.high ? ', within noise' : ''
  const verdict = over <= 0 ? 'met' : `missed by ${sayOver(over)}`
  return `${which}${formatRatio(ratio)} ${verdict}${doubt}`
}

/** Never says 0.00, which would not be a miss. */
export function sayOver(over: number): string {
  return over < 0.01 ? 'less than 0.01' : over.toFixed(2)
}

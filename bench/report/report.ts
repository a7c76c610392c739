// Writes the report of a run as Markdown. Pure.

import { type Arm, FLOOR, NO_WORKER, NO_WORKER_AGAIN, OURS } from '../arms.ts'
import { nameOf } from '../cells.ts'
import type { Drawn } from './charts.ts'
import { GOALS, judge, type Judged, sayOver } from './goals.ts'
import { toMarkdown } from './statistics.ts'
import { figureOf, formatRatio, isMeasured, type Measure, measuresOf, ratioIn, type Taken } from './summary.ts'
import type { Verified } from '../line/verify-line.ts'

export type Run = {
  readonly machine: string
  readonly date: string
  /** The command that started the run. */
  readonly command: string
  readonly rounds: number
  readonly taken: readonly Taken[]
  readonly verified: readonly Verified[]
  readonly charts: readonly Drawn[]
}

const NOTHING_WON = ['open connection', 'reload', 'first visit']

export function toReport(run: Run): string {
  const judged = judge(run.taken, [NO_WORKER_AGAIN])
  const [without, rest] = partition(run.taken, ({ cell }) => NOTHING_WON.includes(cell.state))
  return `${[
    '## Navigations with and without the worker',
    `${run.date}, \`${run.command}\`. ${run.machine}. ${run.rounds} navigations an arm where nothing else is said, arms interleaved and shuffled in each round.`,
    HOW,
    '### The line, held to its formula',
    lineTable(run.verified),
    '### Goals',
    HOW_JUDGED,
    goalTable(judged),
    completion(run.taken),
    ...misses(judged),
    ...(run.charts.length === 0 ? [] : ['### Charts', ...run.charts.map(({ file, title }) => `![${title}](${file})`)]),
    ...rest.map(cellSection),
    ...(without.length === 0 ? [] : ['## Where it wins nothing', WINS_NOTHING, ...without.map(cellSection)]),
  ].join('\n\n')}\n`
}

const HOW = `Every arm has a Chromium of its own with its profile on disk, and a loopback line of its own (\`bench/line/slow-line.ts\`): a round trip, a
bandwidth shared by its connections, one round trip of handshake (TCP, no TLS), slow start from ten segments. Its connections are
closed before each navigation. The arms without our package, and those of others' workers, share one build and one server (which is the warmest
for it). Two rounds of each cell are discarded. Each cell: median / ninth of ten, ratio of medians to no worker (interval in which 95 % of
resampled runs have it). \`never\`: in more than half (a tenth) of the navigations it did not come.

- **TTFB is the least of it.** For a worker's answer it is when the answer begins, not when anything of it is on the screen. Read FCP and
  the hole.
- **React holds reveals until the first paint and 300 ms** (\`$RT\`): where the hole's bytes come sooner, the hole is painted at FCP + 300 in
  every arm, and what an earlier paint wins the hole wins too. Where they come later, it wins nothing.
- **Fresh** is a hole that shows the nonce of this very navigation. A page out of a cache paints a hole, but an older one.
- **From the shell**: our worker has a deadline of 50 ms for its database (the option \`timeouts.store\`). Where a busy machine does not
  keep it, the navigation is the network's, in these figures too.
- **Bytes** are those on the line from the navigation's start until 100 ms after the page has settled, with headers, and scripts where
  they were not cached.
- Serwist's matcher for pages looks for a \`Content-Type\` in the request, which no navigation has: pages fall to its matcher for all
  else, network first as well. It is run without a precache manifest.
- **A navigation** comes by a link of the app. At a typed address, or by a link of another site, there is no POST: our worker lets the
  browser's own request go out and leaves out of the whole document what the shell has shown (*ours, POST* is then like *ours, prefix*).
- **A tap** is made by the browser 50 ms after the first paint, on a button that counts. One that comes before React is there is lost. INP
  is that tap's alone, and short for a lost one too: read it beside *tap answered*.
- The floor answers every navigation with one constant string from a worker: its page has no React and no hole.`

const HOW_JUDGED = `Ratios to no worker, the last one to the floor. A figure decides, not its interval; *within noise* is said where that has the limit in
it. The null comparison stands beside: no worker against itself.`

const WINS_NOTHING = `A soft navigation never comes to the worker's page: Next's router asks for data and renders it in the open page, with the package and
without it. A reload is left to the network. A first visit is the network's, and the worker is registered after \`load\`. Near the
server and on an open connection there is little to win.`

function lineTable(verified: readonly Verified[]): string {
  const rows = verified.map(({ profile, what, expected, measured }) => [
    profile,
    what,
    `${expected.toFixed(0)} ms`,
    `${measured.toFixed(0)} ms`,
    `${((measured / expected - 1) * 100).toFixed(1)} %`,
  ])
  return toMarkdown([['ms / Mbit/s', 'what', 'formula', 'measured', 'off by'], ...rows])
}

function goalTable(judged: readonly Judged[]): string {
  const arms = [NO_WORKER_AGAIN, ...OURS]
  const rows = judged.map(({ goal, cell, verdicts }) => [
    `${goal.name} ≤ ${goal.limit}`,
    nameOf(cell),
    ...arms.map((arm) =>
      arm === NO_WORKER_AGAIN ? withoutVerdict(verdicts.get(arm)?.text) : (verdicts.get(arm)?.text ?? '–'),
    ),
  ])
  return toMarkdown([['goal', 'where', ...arms.map(({ name }) => name)], ...rows])
}

/** For arms without a worker, which have no goal. */
const withoutVerdict = (text = '–'): string => text.replace(/\) .*/, ')')

function completion(taken: readonly Taken[]): string {
  const parts = OURS.flatMap((arm) => {
    const values = taken.flatMap((each) => each.visits.get(arm.name) ?? [])
    if (values.length === 0) return []
    const complete = values.filter(({ isComplete }) => isComplete).length
    return `${arm.name}: ${complete} of ${values.length} (${complete === values.length ? 'met' : 'missed'})`
  })
  return `Completion, goal 100 %: ${parts.join('; ')}.`
}

/** One line for each goal: the table has every figure. */
function misses(judged: readonly Judged[]): string[] {
  const lines = GOALS.flatMap((goal) => {
    const missed = judged.filter((each) => each.goal === goal).flatMap(missedIn)
    const [worst] = missed.toSorted((a, b) => b.over - a.over)
    if (!worst) return []
    const most = worst.over === Infinity ? 'altogether' : `by ${sayOver(worst.over)}`
    const why = goal.hindrance === undefined ? '' : ` ${goal.hindrance}`
    return [`- ${goal.name} ≤ ${goal.limit}: ${missed.length} ×, at most ${most} (${worst.where}).${why}`]
  })
  return lines.length === 0 ? ['No goal is missed.'] : ['Missed, by arm and cell:', lines.join('\n')]
}

function missedIn({ cell, verdicts }: Judged): { readonly over: number; readonly where: string }[] {
  return [...verdicts]
    .filter(([arm, { over }]) => over > 0 && arm !== NO_WORKER_AGAIN)
    .map(([arm, { over }]) => ({ over, where: `${arm.name}; ${nameOf(cell)}` }))
}

function cellSection(taken: Taken): string {
  const { arms } = taken.cell
  const visits = Math.max(0, ...arms.map((arm) => taken.visits.get(arm.name)?.length ?? 0))
  const rows = measuresOf(taken.cell).map((measure) => [measure, ...arms.map((arm) => entry(taken, arm, measure))])
  const head = [`${visits} navigations an arm`, ...arms.map(({ name }) => name)]
  return `### ${nameOf(taken.cell)}\n\nLoad of the machine: ${taken.load.toFixed(1)}.\n\n${toMarkdown([head, ...rows])}`
}

/** Measures that are a share of all navigations. */
const SHARES: readonly Measure[] = ['completion', 'from the shell', 'tap answered']

function entry(taken: Taken, arm: Arm, measure: Measure): string {
  if (!isMeasured(arm, measure)) return '–'
  const { p50, p90, mean } = figureOf(taken, arm, measure)
  if (SHARES.includes(measure)) return `${(mean * 100).toFixed(0)} %`
  if (measure === 'renders') return mean.toFixed(2)
  if (measure === 'bytes up') return `${format(p50)} B`
  const unit = measure === 'bytes down' ? 'B' : 'ms'
  const ratio = arm === NO_WORKER || arm === FLOOR ? undefined : ratioIn(taken, arm, measure)
  const spread = measure === 'bytes down' ? format(p50) : `${format(p50)} / ${format(p90)}`
  return `${spread} ${unit}${ratio ? `, ${formatRatio(ratio)}` : ''}`
}

const format = (value: number): string => (Number.isFinite(value) ? value.toFixed(0) : 'never')

function partition<T>(values: readonly T[], is: (value: T) => boolean): [T[], T[]] {
  return [values.filter(is), values.filter((value) => !is(value))]
}

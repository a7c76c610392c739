// Compares what `next-shell-cache report` says about visits to the example with the bench's own figures for the same visits. Half of them
// are by a browser with the worker, half in the control group, plus two planted cases that the command must recognise. No figure makes it
// fail. BENCH_VISITS sets the number of visits of the two groups together; each planted arm has half as many as one group.

import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { ROOT, WORK } from '../../e2e/harness/paths.ts'
import { warmUp } from '../../e2e/harness/servers/server.ts'
import type { PageReport } from '../../protocol/page/page-report.ts'
import { machine } from '../machine.ts'
import { shuffledRounds } from '../report/statistics.ts'
import { type Arm, ARMS, type Case, CASES, LATE_MS, SHARE } from './arms.ts'
import { type FieldLane, LINE, openFieldLane, PAGES, type Visit } from './lane.ts'
import { buildShops, serveShop } from './shop.ts'
import { type CaseResult, headlineIn, toFieldTable, toVerdictTable } from './table.ts'

const ALL = 400
const VISITS = Number(process.env['BENCH_VISITS'] ?? ALL)
const run = promisify(execFile)

type Visits = Readonly<Record<Arm, Visit[]>>

export async function runFieldBench(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'shell-cache-field-'))
  const lanes: FieldLane[] = []
  const loads = [loadavg()[0] ?? 0]
  const visits: Visits = { control: [], worker: [], again: [], late: [] }
  const shops = await buildShops()
  const files = { shop: join(folder, 'shop.jsonl'), late: join(folder, 'late.jsonl') }
  try {
    await using shop = await serveShop(shops.shop, files.shop)
    await using late = await serveShop(shops.late, files.late)
    for (const server of [shop, late]) for (const path of PAGES) await warmUp(server, path)
    for (const arm of ARMS)
      lanes.push(
        await openFieldLane(
          arm,
          ...(arm === 'late' ? ([late.port, files.late] as const) : ([shop.port, files.shop] as const)),
        ),
      )
    console.log('each browser has what its group has')
    for (let round = 0; round < VISITS / 2; round++) {
      const path = PAGES[round % PAGES.length] ?? '/'
      // A planted case needs fewer visits.
      const coming = lanes.filter(({ arm }) => arm === 'control' || arm === 'worker' || round % 2 === 0)
      for (const lane of shuffledRounds(coming, 1)) visits[lane.arm].push(await lane.visit(path))
      if (round % 20 === 19) loads.push(loadavg()[0] ?? 0)
      if (round % 20 === 19) console.log(`round ${round + 1} is over, load ${loads.at(-1)?.toFixed(1)}`)
    }
    const results: CaseResult[] = []
    for (const each of CASES) results.push(await judge(each, visits, folder))
    await write(results, lanes[0]?.version ?? '', loads)
  } finally {
    for (const lane of lanes) await lane.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Runs the command itself, on the file that a collector of these two groups would have. */
async function judge(judged: Case, visits: Visits, folder: string): Promise<CaseResult> {
  const [control, other] = [visits.control, visits[judged.arm]]
  const reportsOf = (group: 'control' | 'worker', all: readonly Visit[]): PageReport[] =>
    // The second control group's reports are used instead of the worker's.
    all.flatMap(({ report }) => (report ? { ...report, group: judged.arm === 'again' ? group : report.group } : []))
  const lines = [...reportsOf('control', control), ...reportsOf('worker', other)].map((one) => JSON.stringify(one))
  const file = join(folder, `${judged.arm}-case.jsonl`)
  await writeFile(file, `${lines.join('\n')}\n`)
  const { stdout } = await run(process.execPath, [join(ROOT, 'dist', 'node', 'cli.js'), 'report', file])
  const lost = [...control, ...other].filter(({ report }) => report === undefined).length
  return { judged, said: stdout, lost, control: control.map(({ look }) => look), other: other.map(({ look }) => look) }
}

async function write(results: readonly CaseResult[], browser: string, loads: readonly number[]): Promise<void> {
  const report = [
    '## What pages report, beside what the bench measures of the same visits',
    `${new Date().toISOString().slice(0, 10)}, \`${VISITS === ALL ? '' : `BENCH_VISITS=${VISITS} `}npm run bench:report\`. ${machine(browser)}. Load of the machine from ${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}.`,
    `${VISITS} visits to the example (${PAGES.join(', ')}), half by a browser with the worker and half by one of the control group, as \`SHELL_CACHE_ROLLOUT=${SHARE}\` has it; ${Math.ceil(VISITS / 4)} more by a browser whose worker waits ${LATE_MS} ms and then asks the network, and as many by a second one of the control group. A line of ${LINE.roundTrip} ms and ${LINE.megabits} Mbit/s, connections closed before each visit, arms shuffled in each round; each visitor has been here before.`,
    HOW,
    toVerdictTable(results),
    toFieldTable(results),
    ...results.map(({ judged, said }) => `What the command said of *${judged.name}*: ${headlineIn(said)}`),
  ].join('\n\n')
  const folder = VISITS === ALL ? join(ROOT, 'bench', 'results') : join(WORK, 'bench')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'report.md'), `${report}\n`)
  console.log(report)
}

const HOW = `The reports go through the example's own collector; \`next-shell-cache report\` compares them. *Bench* is the difference of the 75th
percentiles of the same visits, as read from the browser over its own protocol. It has to lie within the report's interval.`

// Measures what a first visit costs with and without a worker, page and install, until the line is quiet: in apps of different sizes, in
// interleaved rounds on lines of our own. No figure makes it fail. BENCH_ROUNDS sets the number of rounds; BENCH_PAGES=n measures only an
// app of n pages, whose report goes to .work/bench.

import { mkdir, writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { join } from 'node:path'

import { ROOT, WORK } from '../../e2e/harness/paths.ts'
import { warmUp } from '../../e2e/harness/servers/server.ts'
import { machine } from '../machine.ts'
import { shuffledRounds } from '../report/statistics.ts'
import { serveApp, type Size, SIZES } from './apps.ts'
import { type FirstVisit, nameOfSize, type SizeRow, toFirstVisitTable } from './table.ts'
import { LINE, visitFirst } from './visit.ts'

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 8)
const ONE = Number(process.env['BENCH_PAGES'] ?? 0)
const ROUNDS_TO_WARM_UP = 1
const PATH = '/posts/post-2'
const ARMS = ['without', 'again', 'ours'] as const

export async function runFirstVisitBench(): Promise<void> {
  const rows: SizeRow[] = []
  const loads = [loadavg()[0] ?? 0]
  const sizes = ONE === 0 ? SIZES : [{ pages: ONE, inlineCss: false }]
  for (const size of sizes) {
    rows.push(await measure(size))
    loads.push(loadavg()[0] ?? 0)
    console.log(`${nameOfSize(size)}: done, load ${loads.at(-1)?.toFixed(1)}`)
  }
  const command = `${ONE === 0 ? '' : `BENCH_PAGES=${ONE} `}BENCH_ROUNDS=${ROUNDS} npm run bench:first`
  const report = [
    '## What a first visit costs, by the pages of an app',
    `${new Date().toISOString().slice(0, 10)}, \`${command}\`. ${machine('Chromium')}. Load of the machine from ${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}.`,
    `${ROUNDS} visits an app and arm, each by a new browser with a new profile, arms shuffled in each round; a line of ${LINE.roundTrip} ms and ${LINE.megabits} Mbit/s; until nothing has moved on it for 3 s.`,
    HOW,
    toFirstVisitTable(rows),
  ].join('\n\n')
  const folder = ONE === 0 ? join(ROOT, 'bench', 'results') : join(WORK, 'bench')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'first-visit.md'), `${report}\n`)
  console.log(report)
}

const HOW = `Medians, ratio of medians (interval in which 95 % of resampled runs have it), and no worker against itself (null). *Bytes* are all that
came down the line, compressed, with scripts and headers. Every page has a stylesheet of 400 rules. How long the install goes on behind
the page has no limit: it is not waited for. Ratios alone are compared: the machine is shared.`

async function measure(size: Size): Promise<SizeRow> {
  await using plain = await serveApp(size, 'plain')
  await using ours = await serveApp(size, 'ours')
  for (const server of [plain, ours]) await warmUp(server, PATH)
  const visits: Record<(typeof ARMS)[number], FirstVisit[]> = { without: [], again: [], ours: [] }
  for (const [at, arm] of shuffledRounds(ARMS, ROUNDS + ROUNDS_TO_WARM_UP).entries()) {
    const visit = await visitFirst(arm === 'ours' ? ours.port : plain.port, PATH)
    if (at >= ROUNDS_TO_WARM_UP * ARMS.length) visits[arm].push(visit)
  }
  return { size, ...visits }
}

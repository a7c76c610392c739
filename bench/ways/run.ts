// Checks that the worker is never worse: measures each way of ways.ts with and without it, in interleaved rounds on lines of our own. No
// figure makes it fail. BENCH_ROUNDS sets the number of rounds; BENCH_WAYS selects ways, and the report then goes to .work/bench.

import { mkdir, writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { join } from 'node:path'

import { ROOT, WORK } from '../../e2e/harness/paths.ts'
import { startServer } from '../../e2e/harness/servers/server.ts'
import { buildOverlaid } from '../apps.ts'
import { machine } from '../machine.ts'
import { shuffledRounds } from '../report/statistics.ts'
import { comeBy, type Deploy, LINE, openWaysLane, type WaysLane } from './lane.ts'
import { faultsIn, type Row, toTable, type Trip } from './table.ts'
import { type Way, WAYS } from './ways.ts'

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 8)
const PART = process.env['BENCH_WAYS'] ?? ''
/** The very first visits would measure the warm-up of servers and browsers. */
const ROUNDS_TO_WARM_UP = 1

const WITHOUT = 'no worker'
const AGAIN = 'no worker, again'
const OURS = 'ours'

export async function runWaysBench(): Promise<void> {
  const ways = WAYS.filter(({ name }) => name.includes(PART))
  const plain = await startBuild('plain', 'one')
  const ours = [await startBuild('ours', 'one'), await startBuild('ours', 'two')]
  const lanes: WaysLane[] = []
  const loads = [loadavg()[0] ?? 0]
  try {
    lanes.push(await openWaysLane(WITHOUT, [plain], false))
    lanes.push(await openWaysLane(AGAIN, [plain], false))
    lanes.push(await openWaysLane(OURS, ours, true))
    const trips = new Map<string, Trip[]>()
    for (let round = 0; round < ROUNDS + ROUNDS_TO_WARM_UP; round++) {
      for (const way of ways) {
        for (const lane of shuffledRounds(lanes, 1)) {
          const trip = await comeBy(lane, way)
          if (round >= ROUNDS_TO_WARM_UP) addTo(trips, keyOf(lane.arm, way), trip)
        }
      }
      loads.push(loadavg()[0] ?? 0)
      console.log(`round ${round} is over, load ${loads.at(-1)?.toFixed(1)}`)
      // Written after each round, so that the figures are kept if the next round fails.
      if (round >= ROUNDS_TO_WARM_UP) await write(rowsOf(ways, trips), lanes[0]?.browser.version ?? '', loads)
    }
  } finally {
    for (const lane of lanes) await lane.close()
    for (const { server } of [plain, ...ours]) await server.kill()
  }
}

async function startBuild(arm: 'plain' | 'ours', build: string): Promise<Deploy> {
  const env = { BENCH_ARM: arm, BENCH_BUILD: build }
  const folder = await buildOverlaid(`bench-ways-${arm}-${build}`, join(ROOT, 'bench', 'ways', 'app'), env)
  return { buildId: `deploy-${build}`, server: await startServer(folder, env) }
}

const keyOf = (arm: string, { name }: Way): string => `${arm}: ${name}`

function addTo(trips: Map<string, Trip[]>, key: string, trip: Trip): void {
  trips.set(key, [...(trips.get(key) ?? []), trip])
}

const rowsOf = (ways: readonly Way[], trips: ReadonlyMap<string, Trip[]>): Row[] => ways.map((way) => rowOf(way, trips))

function rowOf(way: Way, trips: ReadonlyMap<string, Trip[]>): Row {
  const of = (arm: string): Trip[] => trips.get(keyOf(arm, way)) ?? []
  return { way, without: of(WITHOUT), again: of(AGAIN), ours: of(OURS) }
}

async function write(rows: readonly Row[], browser: string, loads: readonly number[]): Promise<void> {
  const faults = rows.flatMap(faultsIn)
  const command = `BENCH_ROUNDS=${ROUNDS} npm run bench:ways`
  const report = [
    '## Never worse: each way to a page, with the worker and without',
    `${new Date().toISOString().slice(0, 10)}, \`${command}\`. ${machine(browser)}. Load of the machine from ${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}.`,
    `${rows[0]?.ours.length ?? 0} visits a way and arm, arms shuffled at each way; a line of ${LINE.roundTrip} ms and ${LINE.megabits} Mbit/s, connections closed before each visit, holes of 50 ms; the browser's own back cache is off.`,
    HOW,
    toTable(rows),
    faults.length === 0
      ? 'No row is worse.'
      : faults
          .map(({ way, text, isBeyondNoise }) => `- ${way}: ${text}${isBeyondNoise ? '' : ', within noise'}.`)
          .join('\n'),
  ].join('\n\n')
  const folder = PART === '' ? join(ROOT, 'bench', 'results') : join(WORK, 'bench')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'never-worse.md'), `${report}\n`)
  if (PART === '')
    await writeFile(
      join(folder, 'never-worse.json'),
      `${JSON.stringify(rows.map(({ way, ...trips }) => ({ way: way.name, ...trips })))}\n`,
    )
  console.log(report)
}

const HOW = `Milliseconds and bytes: median without → with, ratio of medians (interval in which 95 % of resampled runs have it), and no worker
against itself (null). *Documents* are requests for pages, their rests and redirects, a mean. A time is worse above 1.05, of a gated page
above 1.15; *within noise* where the interval has the limit in it. Ratios alone are compared: the machine is shared.`

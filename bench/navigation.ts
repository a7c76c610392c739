// Measures navigations in a real browser, with our worker, with other workers and with none: each cell of cells.ts in interleaved and
// shuffled rounds, on lines of our own. No figure makes it fail. BENCH_ROUNDS sets the number of rounds; BENCH_CELLS selects cells by a
// part of their names, and the report then goes to .work/bench.

import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { ROOT, WORK } from '../e2e/harness/paths.ts'
import { type RunningServer, startServer } from '../e2e/harness/servers/server.ts'
import { buildApps, placeForeignWorkers, slowDownOwnWorker } from './apps.ts'
import { type Arm, ARMS } from './arms.ts'
import { type Cell, CELLS, INTERACTIVE_CELLS, nameOf } from './cells.ts'
import { drawCharts } from './report/charts.ts'
import { closeLane, type Lane, measure, openLane, prepareLane, type Visit } from './browser/lane.ts'
import { machine } from './machine.ts'
import { toRaw } from './report/raw.ts'
import { countRenders } from './report/renders.ts'
import { toReport } from './report/report.ts'
import { shuffledRounds } from './report/statistics.ts'
import type { Counted, Taken } from './report/summary.ts'
import { type Verified, verifyLine } from './line/verify-line.ts'

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 20)
const ROUNDS_TO_WARM_UP = 2
const PART = process.env['BENCH_CELLS'] ?? ''
/** A run of only some cells must not replace a whole run's results. */
const RESULTS = PART === '' ? join(ROOT, 'bench', 'results') : join(WORK, 'bench')

/** Runs all cells that have no run of their own. */
export async function runNavigationBench(): Promise<void> {
  await run('navigation', CELLS)
}

/** Measures how soon a page can be used: its hydration, and a tap soon after its first paint. */
export async function runInteractiveBench(): Promise<void> {
  await run('interactive', INTERACTIVE_CELLS)
}

async function run(name: string, all: readonly Cell[]): Promise<void> {
  const cells = all.filter((cell) => nameOf(cell).includes(PART))
  if (cells.length === 0) throw new Error('BENCH_CELLS is in the name of no cell (bench/cells.ts)')
  const arms = ARMS.filter((arm) => cells.some((cell) => cell.arms.includes(arm)))
  const folders = await buildApps([...new Set(arms.map(({ build }) => build))])
  const phases: Phase[] = []
  // A worker that was slowed down stays slow, so those cells have their own servers, browsers and profiles.
  for (const boot of new Set(cells.map((cell) => cell.boot))) {
    phases.push(
      await runPhase(
        cells.filter((cell) => cell.boot === boot),
        folders,
        boot,
      ),
    )
  }
  const taken = phases.flatMap((phase) => phase.taken)
  const charts = drawCharts(taken)
  const report = toReport({
    machine: machine(phases[0]?.browser ?? ''),
    date: new Date().toISOString().slice(0, 10),
    command: `BENCH_ROUNDS=${ROUNDS} npm run bench${name === 'navigation' ? '' : `:${name}`}`,
    rounds: ROUNDS,
    taken,
    verified: phases[0]?.verified ?? [],
    charts,
  })
  console.log(report)
  await writeResults(name, report, toRaw(taken), charts)
}

type Phase = { readonly taken: readonly Taken[]; readonly verified: readonly Verified[]; readonly browser: string }

async function runPhase(cells: readonly Cell[], folders: ReadonlyMap<string, string>, boot: number): Promise<Phase> {
  const servers = await startServers(folders, boot)
  const lanes = new Map<Arm, Lane>()
  const taken: Taken[] = []
  try {
    const plain = servers.get('plain')
    const verified = plain ? await verifyLine(plain.port, '/small') : []
    for (const arm of new Set(cells.flatMap((cell) => cell.arms))) {
      const server = servers.get(arm.build)
      if (server) lanes.set(arm, await openLane(arm, server))
    }
    for (const cell of cells) {
      const started = performance.now()
      taken.push(
        await runCell(
          cell,
          cell.arms.flatMap((arm) => lanes.get(arm) ?? []),
        ),
      )
      console.log(`${((performance.now() - started) / 1000).toFixed(0)} s: ${nameOf(cell)}`)
    }
    return { taken, verified, browser: [...lanes.values()][0]?.browser.version ?? '' }
  } finally {
    for (const lane of lanes.values()) await closeLane(lane)
    for (const server of servers.values()) await server.kill()
  }
}

async function startServers(
  folders: ReadonlyMap<string, string>,
  boot: number,
): Promise<ReadonlyMap<string, RunningServer>> {
  const servers = new Map<string, RunningServer>()
  for (const [build, folder] of folders) {
    await (build === 'plain' ? placeForeignWorkers(folder, boot) : slowDownOwnWorker(folder, boot))
    // The server reads the config, too, and runs our origin only if the config says so.
    servers.set(build, await startServer(folder, { BENCH_ARM: build }))
  }
  return servers
}

async function runCell(cell: Cell, lanes: readonly Lane[]): Promise<Taken> {
  for (const lane of lanes) await prepareLane(lane, cell)
  const rounds = Math.max(1, Math.round(ROUNDS * cell.share))
  const visits = new Map<string, Visit[]>(cell.arms.map(({ name }) => [name, []]))
  for (const [at, lane] of shuffledRounds(lanes, rounds + ROUNDS_TO_WARM_UP).entries()) {
    const seen = await measure(lane, cell)
    if (at >= ROUNDS_TO_WARM_UP * lanes.length) visits.get(lane.arm.name)?.push(seen)
  }
  // A render that nothing waits for any more may still print.
  await sleep(300)
  const counted = lanes.map((lane) => [lane.arm.name, withRenders(visits.get(lane.arm.name) ?? [], lane)] as const)
  return { cell, visits: new Map(counted), load: loadavg()[0] ?? 0 }
}

function withRenders(visits: readonly Visit[], { server }: Lane): Counted[] {
  const renders = countRenders(server.output())
  return visits.map(({ nonce, ...visit }) => ({ ...visit, renders: renders.get(nonce) ?? 0 }))
}

async function writeResults(
  name: string,
  report: string,
  raw: string,
  charts: readonly { readonly file: string; readonly svg: string }[],
): Promise<void> {
  await mkdir(RESULTS, { recursive: true })
  const old = (await readdir(RESULTS)).filter((file) => file.startsWith(name) && /\.(svg|json)$/.test(file))
  for (const file of old) await rm(join(RESULTS, file))
  await writeFile(join(RESULTS, `${name}.md`), report)
  for (const { file, svg } of charts) await writeFile(join(RESULTS, file), svg)
  // Raw figures that are too large for the repository are not kept.
  console.log(`written to ${RESULTS}`)
  if (raw.length < 500_000) await writeFile(join(RESULTS, `${name}.json`), raw)
}

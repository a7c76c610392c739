// Measures navigations in Firefox and WebKit, with and without the worker, in interleaved and shuffled rounds on lines of our own. No
// figure makes it fail. BENCH_ROUNDS sets the number of rounds; BENCH_ENGINES selects one engine, whose report then goes to .work/bench.

import { loadavg } from 'node:os'
import { join } from 'node:path'

import { ROOT } from '../../e2e/harness/paths.ts'
import { type RunningServer, startServer } from '../../e2e/harness/servers/server.ts'
import { buildOverlaid } from '../apps.ts'
import { shuffledRounds } from '../report/statistics.ts'
import { ENGINE_ARMS, type EngineCell, type EngineName, LINES, STATES } from './cells.ts'
import { type EngineLane, openEngineLane } from './lane.ts'
import { placeProbe } from './probe.ts'
import { writeReport } from './report.ts'
import { isAsMeant } from './table.ts'
import type { Trip } from './trip.ts'

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 6)
const ENGINES = (['firefox', 'webkit'] as const).filter((name) => name.includes(process.env['BENCH_ENGINES'] ?? ''))

const CELLS: readonly EngineCell[] = LINES.flatMap((line) =>
  STATES.flatMap((state) => state.engines.map((engine) => ({ engine, state, line }))),
).filter(({ engine }) => ENGINES.includes(engine))

/** A visit that did not go as intended, and so is in no figure. */
type Aside = { readonly cell: EngineCell; readonly arm: string; readonly why: string }

export async function runEnginesBench(): Promise<void> {
  if (ENGINES.length === 0) throw new Error('BENCH_ENGINES is in the name of no engine (firefox, webkit)')
  const servers: RunningServer[] = []
  const lanes: EngineLane[] = []
  const loads = [loadavg()[0] ?? 0]
  const trips = new Map<EngineCell, Map<string, Trip[]>>()
  const aside: Aside[] = []
  const visit = async (cell: EngineCell, lane: EngineLane): Promise<void> => {
    const { arm } = lane
    try {
      const trip = await lane.come(cell)
      if (!isAsMeant(cell, trip)) return void aside.push({ cell, arm, why: `the worker was ${trip.worker}` })
      const ofCell = trips.get(cell) ?? new Map<string, Trip[]>()
      trips.set(cell, ofCell.set(arm, [...(ofCell.get(arm) ?? []), trip]))
    } catch (error) {
      aside.push({ cell, arm, why: error instanceof Error ? error.message : String(error) })
      await lane.renew()
    }
  }
  try {
    for (const { name, build } of ENGINE_ARMS) {
      const server = await serve(build)
      servers.push(server)
      const opening = ENGINES.map((engine) => openEngineLane(engine, name, server, build !== 'plain'))
      // All opened lanes must be closed, even if others failed to open.
      const opened = await Promise.allSettled(opening)
      for (const each of opened) if (each.status === 'fulfilled' && each.value) lanes.push(each.value)
      for (const each of opened) if (each.status === 'rejected') throw each.reason
    }
    const missing = ENGINES.filter((name) => !lanes.some(({ engine }) => engine === name))
    if (missing.length > 0) console.log(`not installed: ${missing.join(', ')}`)
    for (let round = 0; round < ROUNDS; round++) {
      for (const line of shuffledRounds(LINES, 1)) {
        await measureLine(
          CELLS.filter((cell) => cell.line === line),
          lanes,
          visit,
        )
      }
      loads.push(loadavg()[0] ?? 0)
      console.log(`round ${round + 1} is over, load ${loads.at(-1)?.toFixed(1)}`)
    }
  } finally {
    for (const lane of lanes) await lane.close()
    for (const server of servers) await server.kill()
  }
  const rows = CELLS.map((cell) => ({
    cell,
    arms: ENGINE_ARMS.map(({ name }) => ({ name, trips: trips.get(cell)?.get(name) ?? [] })),
  }))
  await writeReport({
    rows,
    rounds: ROUNDS,
    loads,
    aside,
    isWhole: new Set(lanes.map(({ engine }) => engine)).size === 2,
  })
}

async function serve(build: string): Promise<RunningServer> {
  const env = { BENCH_ARM: build }
  const folder = await buildOverlaid(`bench-engines-${build}`, join(ROOT, 'bench', 'engines', 'app'), env)
  if (build !== 'plain') await placeProbe(folder)
  return startServer(folder, env)
}

/** Firefox is measured during the seconds in which WebKit's workers stop. */
async function measureLine(
  cells: readonly EngineCell[],
  all: readonly EngineLane[],
  visit: (cell: EngineCell, lane: EngineLane) => Promise<void>,
): Promise<void> {
  const lanesOf = (engine: EngineName): EngineLane[] => all.filter((lane) => lane.engine === engine)
  const leave = async (cell: EngineCell): Promise<void> => {
    await Promise.all(
      lanesOf(cell.engine).map((lane) => lane.leave(cell).catch(() => lane.renew().then(() => lane.leave(cell)))),
    )
  }
  const come = async (cell: EngineCell): Promise<void> => {
    for (const lane of shuffledRounds(lanesOf(cell.engine), 1)) await visit(cell, lane)
  }
  const slow = cells.find(({ engine, state }) => engine === 'webkit' && state.isCold)
  if (slow) await leave(slow)
  for (const cell of cells.filter(({ engine }) => engine === 'firefox')) {
    await leave(cell)
    await come(cell)
  }
  if (slow) await come(slow)
  for (const cell of cells.filter((each) => each.engine === 'webkit' && each !== slow)) {
    await leave(cell)
    await come(cell)
  }
}

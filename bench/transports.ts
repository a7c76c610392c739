// Measures how the rest of a shell comes: by POST, by navigation preload, out of the whole document; beside no worker, twice, whose
// ratio must include 1. Warm, cold, and cold with a worker that takes 200 ms longer to start, as one does on a small phone.
// Interleaved, shuffled, one run. Called by scripts/bench.mjs; no figure makes it fail.

import { readFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'

import { buildApp, layOutApp, packPackage } from '../e2e/build-app.ts'
import { untilControlled } from '../e2e/browser.ts'
import { ROOT } from '../e2e/paths.ts'
import { startServer } from '../e2e/server.ts'
import { openSlowLine, type SlowLine } from './slow-line.ts'
import { median, ratioOf, shuffledRounds, toMarkdown } from './statistics.ts'
import { type Browser, MEASURES, navigate, openBrowser, type Timing } from './visit.ts'

const ROUND_TRIP = 100
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 20)
const PATH = '/products/tide-lamp'
/** Of the first hole; the second takes twice as long. */
const PAUSE = 100
const BOOT = 200

/** What each arm is built with (e2e/build-app.ts); the first two have no worker. */
const ARMS = { 'no worker': '', 'no worker again': '', POST: 'post', preload: 'preload', prefix: 'prefix' } as const
type Arm = keyof typeof ARMS
const NAMES = Object.keys(ARMS) as Arm[]
const STATES = ['warm', 'cold', `cold, ${BOOT} ms longer to start`] as const
type State = (typeof STATES)[number]

const ALL_MEASURES = [...MEASURES, 'bytes down'] as const
type Measured = Timing & { readonly 'bytes down': number }
type Lane = {
  readonly arm: Arm
  readonly browser: Browser
  readonly line: SlowLine
  readonly close: () => Promise<void>
}

export async function runTransportsBench(): Promise<void> {
  const tarball = await packPackage()
  const folders = new Map<string, string>()
  for (const test of new Set(Object.values(ARMS))) {
    const folder = await layOutApp(`bench-${test || 'shop'}`, join(ROOT, 'examples', 'shop'), tarball)
    await buildApp(folder, { SHELL_CACHE_TEST: test })
    folders.set(test, folder)
  }
  const tables: string[] = []
  for (const state of STATES) tables.push(`### ${state}\n\n${await measureState(state, folders)}`)
  const report = [heading(), ...tables].join('\n\n')
  console.log(report)
  await writeFile(join(ROOT, 'bench', 'results', 'transports.md'), `${report}\n`)
}

async function measureState(state: State, folders: ReadonlyMap<string, string>): Promise<string> {
  if (state === STATES[2]) for (const folder of folders.values()) await slowDownWorker(folder)
  const lanes: Lane[] = []
  const taken: Record<string, Measured[]> = Object.fromEntries(NAMES.map((arm) => [arm, []]))
  try {
    for (const arm of NAMES) lanes.push(await openLane(arm, folders.get(ARMS[arm]) ?? ''))
    // Two rounds to fill the HTTP cache and to have every arm alike.
    for (const [at, lane] of shuffledRounds(lanes, ROUNDS + 2).entries()) {
      const measured = await measure(lane, state)
      if (at >= 2 * lanes.length) taken[lane.arm]?.push(measured)
    }
  } finally {
    for (const lane of lanes) await lane.close()
  }
  return toTable(taken)
}

async function openLane(arm: Arm, folder: string): Promise<Lane> {
  const server = await startServer(folder, { SHOP_DELAY_MS: String(PAUSE) })
  const line = await openSlowLine(server.port, ROUND_TRIP)
  const browser = await openBrowser(ARMS[arm] === '' ? 'block' : 'allow')
  await browser.page.goto(line.origin)
  if (ARMS[arm] !== '') await untilControlled(browser.page)
  const close = async (): Promise<void> => {
    await browser.close()
    await line[Symbol.asyncDispose]()
    await server.kill()
  }
  return { arm, browser, line, close }
}

async function measure({ arm, browser, line }: Lane, state: State): Promise<Measured> {
  const session = await browser.context.newCDPSession(browser.page)
  const before = async (): Promise<void> => {
    if (state === 'warm' || ARMS[arm] === '') return
    await session.send('ServiceWorker.enable')
    await session.send('ServiceWorker.stopAllWorkers')
    await session.send('ServiceWorker.disable')
  }
  let received = 0
  const timing = await navigate(browser.page, line.origin + PATH, async () => {
    await before()
    line.dropAll()
    received = line.received()
  })
  await session.detach()
  return { ...timing, 'bytes down': line.received() - received }
}

/** To be called once for a folder: a worker of the same build that keeps the processor before it listens. */
async function slowDownWorker(folder: string): Promise<void> {
  const file = join(folder, '.next', 'static', 'shell-cache', 'sw.js')
  const script = await readFile(file, 'utf8').catch(() => undefined)
  const wait = `{const start=performance.now();while(performance.now()-start<${BOOT});}\n`
  if (script !== undefined) await writeFile(file, wait + script)
}

function toTable(taken: Readonly<Record<string, readonly Measured[]>>): string {
  const of = (arm: string, measure: keyof Measured): number[] => (taken[arm] ?? []).map((one) => one[measure])
  const rows = ALL_MEASURES.map((measure) => {
    const base = of('no worker', measure)
    const unit = measure === 'bytes down' ? 'B' : 'ms'
    const cells = NAMES.slice(1).map((arm) => {
      const { ratio, low, high } = ratioOf(of(arm, measure), base)
      return `${ratio.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`
    })
    return [measure, `${median(base).toFixed(0)} ${unit}`, ...cells]
  })
  return toMarkdown([['median; ratio (95 %)', ...NAMES], ...rows])
}

function heading(): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`
  const page = `${PATH} of the example, holes of ${PAUSE} and ${2 * PAUSE} ms`
  return `## How the rest of a shell comes: ${page}, round trip ${ROUND_TRIP} ms, a new connection each time, ${ROUNDS} navigations an arm\n\n${machine}. Ratios are to no worker, with the interval of resampled medians.`
}

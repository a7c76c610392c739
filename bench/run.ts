// Measures warm navigations to a product page of the shop, with the worker and without one, over a line with a round trip of
// 200 ms: interleaved, shuffled, medians of one run. Called by scripts/bench.mjs; no figure makes it fail.

import { writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'

import { buildApp, layOutApp, packPackage } from '../e2e/build-app.ts'
import { untilControlled } from '../e2e/browser.ts'
import { ROOT } from '../e2e/paths.ts'
import { startServer } from '../e2e/server.ts'
import { openSlowLine } from './slow-line.ts'
import { median, shuffledRounds, toMarkdown } from './statistics.ts'
import { type Browser, MEASURES, navigate, openBrowser, type Timing } from './visit.ts'

const ROUND_TRIP = 200
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 20)
/** A page and the pause of its first hole; a second hole on product pages takes twice as long. */
const CASES = [
  { path: '/cart', pause: 100 },
  { path: '/', pause: 100 },
  { path: '/products/tide-lamp', pause: 400 },
  { path: '/products/rain-coat', pause: 400 },
  { path: '/products/tide-lamp', pause: 100 },
] as const
const ARMS = ['without worker', 'with worker'] as const
type Arm = (typeof ARMS)[number]

export async function runBench(): Promise<void> {
  const folder = await layOutApp('bench-shop', join(ROOT, 'examples', 'shop'), await packPackage())
  await buildApp(folder)
  const tables: string[] = []
  for (const pause of new Set(CASES.map((each) => each.pause))) tables.push(...(await measureWith(pause, folder)))
  const report = [heading(), ...tables].join('\n\n')
  console.log(report)
  await writeFile(join(ROOT, 'bench', 'results', 'warm-navigation.md'), `${report}\n`)
}

async function measureWith(pause: number, folder: string): Promise<string[]> {
  await using server = await startServer(folder, { SHOP_DELAY_MS: String(pause) })
  await using line = await openSlowLine(server.port, ROUND_TRIP)
  const browsers = { 'without worker': await openBrowser('block'), 'with worker': await openBrowser('allow') }
  const tables: string[] = []
  try {
    await browsers['with worker'].page.goto(line.origin)
    await untilControlled(browsers['with worker'].page)
    for (const { path } of CASES.filter((each) => each.pause === pause)) {
      tables.push(`### ${path}, ${holes(path, pause)}\n\n${await measurePath(path, line.origin, browsers)}`)
    }
  } finally {
    for (const { close } of Object.values(browsers)) await close()
  }
  return tables
}

async function measurePath(path: string, origin: string, browsers: Record<Arm, Browser>): Promise<string> {
  const timings: Record<Arm, Timing[]> = { 'without worker': [], 'with worker': [] }
  // Two rounds to fill the HTTP cache and to have every arm warm.
  for (const arm of shuffledRounds(ARMS, 2)) await navigate(browsers[arm].page, origin + path)
  for (const arm of shuffledRounds(ARMS, ROUNDS)) timings[arm].push(await navigate(browsers[arm].page, origin + path))
  const rows = MEASURES.map((measure) => {
    const [without, withWorker] = ARMS.map((arm) => median(timings[arm].map((timing) => timing[measure])))
    return [
      measure,
      `${without?.toFixed(0)} ms`,
      `${withWorker?.toFixed(0)} ms`,
      ((withWorker ?? 0) / (without ?? 1)).toFixed(2),
    ]
  })
  return toMarkdown([['median', ...ARMS, 'ratio'], ...rows])
}

function holes(path: string, pause: number): string {
  if (path === '/cart') return 'holes that need no pause'
  return path === '/' ? `a hole of ${pause} ms` : `holes of ${pause} and ${2 * pause} ms`
}

function heading(): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`
  return `## Warm navigations, round trip ${ROUND_TRIP} ms, ${ROUNDS} navigations an arm, interleaved\n\n${machine}.`
}

// Measures warm navigations to a product page of the shop, with the worker and without one, over a line with a round trip of
// 200 ms: interleaved, shuffled, medians of one run. Called by scripts/bench.mjs; no figure makes it fail.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'

import { type BrowserContext, chromium, type Page } from '@playwright/test'

import { buildApp, layOutApp, packPackage } from '../e2e/build-app.ts'
import { FLAGS, untilControlled } from '../e2e/browser.ts'
import { ROOT } from '../e2e/paths.ts'
import { CHROMIUM } from '../e2e/playwright.config.ts'
import { startServer } from '../e2e/server.ts'
import { openSlowLine } from './slow-line.ts'
import { median, shuffledRounds, toMarkdown } from './statistics.ts'

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
const MEASURES = [
  'time to first byte',
  'first contentful paint',
  'first hole filled',
  'last hole filled',
  'response end',
] as const

type Arm = (typeof ARMS)[number]
type Timing = Record<(typeof MEASURES)[number], number>

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

type Browser = { readonly page: Page; readonly close: () => Promise<void> }

/** A profile on disk: a fresh context would keep its databases in memory. */
async function openBrowser(serviceWorkers: 'allow' | 'block'): Promise<Browser> {
  const folder = await mkdtemp(join(tmpdir(), 'shell-cache-bench-'))
  const executable = CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }
  const context: BrowserContext = await chromium.launchPersistentContext(folder, {
    ...executable,
    serviceWorkers,
    args: FLAGS,
  })
  await context.addInitScript(markFilledHoles)
  const close = async (): Promise<void> => {
    await context.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  return { page: await context.newPage(), close }
}

/** Runs in the page: marks the moments of the first hole that is filled and of the last. */
function markFilledHoles(): void {
  const look = (): void => {
    const filled = [...document.querySelectorAll('[data-hole]')].some((hole) => !hole.closest('[hidden]'))
    if (filled && performance.getEntriesByName('first-hole').length === 0) performance.mark('first-hole')
    if (!filled || document.querySelector('[data-skeleton]')) return
    observer.disconnect()
    performance.mark('holes-filled')
  }
  const observer = new MutationObserver(look)
  observer.observe(document, { childList: true, subtree: true, attributes: true })
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

async function navigate(page: Page, url: string): Promise<Timing> {
  await page.goto('about:blank')
  await page.goto(url, { waitUntil: 'load' })
  return page.evaluate(async () => {
    while (
      performance.getEntriesByName('holes-filled').length === 0 ||
      !performance.getEntriesByName('first-contentful-paint').length
    ) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    const at = (name: string): number => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN
    return {
      'time to first byte': navigation?.responseStart ?? Number.NaN,
      'first contentful paint': at('first-contentful-paint'),
      'first hole filled': at('first-hole'),
      'last hole filled': at('holes-filled'),
      'response end': navigation?.responseEnd ?? Number.NaN,
    }
  })
}

function holes(path: string, pause: number): string {
  if (path === '/cart') return 'holes that need no pause'
  return path === '/' ? `a hole of ${pause} ms` : `holes of ${pause} and ${2 * pause} ms`
}

function heading(): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`
  return `## Warm navigations, round trip ${ROUND_TRIP} ms, ${ROUNDS} navigations an arm, interleaved\n\n${machine}.`
}

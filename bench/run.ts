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
const PATHS = ['/products/tide-lamp', '/products/rain-coat', '/'] as const
const ARMS = ['without worker', 'with worker'] as const
const MEASURES = ['time to first byte', 'first contentful paint', 'last hole filled', 'response end'] as const

type Arm = (typeof ARMS)[number]
type Timing = Record<(typeof MEASURES)[number], number>

export async function runBench(): Promise<void> {
  const folder = await layOutApp('bench-shop', join(ROOT, 'examples', 'shop'), await packPackage())
  await buildApp(folder)
  await using server = await startServer(folder, { SHOP_DELAY_MS: '100' })
  await using line = await openSlowLine(server.port, ROUND_TRIP)
  const browsers = { 'without worker': await openBrowser('block'), 'with worker': await openBrowser('allow') }
  const tables: string[] = []
  try {
    await browsers['with worker'].page.goto(line.origin)
    await untilControlled(browsers['with worker'].page)
    for (const path of PATHS) tables.push(await measurePath(path, line.origin, browsers))
  } finally {
    for (const { close } of Object.values(browsers)) await close()
  }
  const report = [heading(), ...tables].join('\n\n')
  console.log(report)
  await writeFile(join(ROOT, 'bench', 'results', 'warm-navigation.md'), `${report}\n`)
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

/** Runs in the page: marks the moment when no skeleton is left. */
function markFilledHoles(): void {
  const look = (): void => {
    if (!document.querySelector('[data-hole]') || document.querySelector('[data-skeleton]')) return
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
  return `### ${path}\n\n${toMarkdown([['median', ...ARMS, 'ratio'], ...rows])}`
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
      'last hole filled': at('holes-filled'),
      'response end': navigation?.responseEnd ?? Number.NaN,
    }
  })
}

function heading(): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`
  return `## Warm navigations, round trip ${ROUND_TRIP} ms, ${ROUNDS} navigations an arm, interleaved\n\n${machine}. Holes of 100 and 200 ms on product pages, 100 ms on the home page.`
}

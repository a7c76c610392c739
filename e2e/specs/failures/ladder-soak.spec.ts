// Many navigations in one tab, each with a random fault: no page is blank or loads endlessly, and the worker's memory does not grow.
// `SHELL_CACHE_FAULTS` sets their number (40 in `npm test`, CONTRIBUTING.md has the long run); `SHELL_CACHE_SEED` repeats a run.
// Uses Puppeteer, because Playwright has no session to measure a worker with.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type Browser, type CDPSession, launch, type Page, TargetType } from 'puppeteer-core'

import { CHROMIUM, FLAGS } from '../../harness/browser.ts'
import { until } from '../../engines/driver.ts'
import { expect, test } from '../../engines/fixtures.ts'
import { countRecords } from '../../engines/page.ts'
import type { Cut, Fault, Relay } from '../../harness/servers/relay.ts'
import type { RunningServer } from '../../harness/servers/server.ts'
import { bendShells, deleteDatabase, endRest } from '../../harness/in-page/store-faults.ts'
import { scaled, TEST_MS } from '../../harness/timeouts.ts'

const NAVIGATIONS = Number(process.env['SHELL_CACHE_FAULTS'] ?? 40)
const SEED = Number(process.env['SHELL_CACHE_SEED'] ?? 20_261_121)
/** After this many navigations the worker has run all of its code once, and its memory is measured. */
const WARM = 100

/**
 * V8 compiles the worker's functions one by one as they get hot: by two heap snapshots, 60 KB of machine code between navigation 200
 * and 700, and no new objects. With an interpreter only, all growth is ours.
 */
const INTERPRETED = '--js-flags=--jitless'

type Random = (below: number) => number
type Setting = { readonly relay: Relay; readonly page: Page; readonly next: RunningServer; readonly random: Random }
type Named = readonly [name: string, set: (setting: Setting) => Promise<void> | void]

const resumeFault =
  (fault: Fault) =>
  ({ relay }: Setting): void => {
    relay.fault = ({ method }) => (method === 'POST' ? fault : undefined)
  }
const cut =
  (by: Cut['by']) =>
  ({ relay, random }: Setting): void => {
    const after = 1 + random(6000)
    relay.cut = ({ method }) => (method === 'POST' ? { after, by } : undefined)
  }

const FAULTS: readonly Named[] = [
  ['none', () => {}],
  ['refused', resumeFault({ status: 409, headers: { 'shell-cache-verdict': 'refused; reason=busy' } })],
  ['in trouble', resumeFault({ status: 500, body: '<html>' })],
  ['reset', resumeFault('reset')],
  ['cut', cut('reset')],
  ['ended early', cut('end')],
  ['not ours', ({ relay }) => void relay.stripped.add('shell-cache-resume')],
  ['network gone', ({ relay }) => relay.down()],
  ['another build', ({ relay, next }) => void (relay.route = ({ url }) => (url === '/sw.js' ? undefined : next.port))],
  [
    'another build resumes',
    ({ relay, next }) => void (relay.route = ({ method }) => (method === 'POST' ? next.port : undefined)),
  ],
  ['shells bent', ({ page, random }) => (random(8) === 0 ? page.evaluate(bendShells) : undefined)],
  ['database gone', ({ page, random }) => (random(8) === 0 ? page.evaluate(deleteDatabase) : undefined)],
]
const PATHS = ['/', '/p/a', '/p/other', '/whole', '/lazy', '/missing']

test('stands many navigations with a random fault each', async ({ relay, next }) => {
  test.setTimeout(TEST_MS + scaled(NAVIGATIONS * 1500))
  const folder = await mkdtemp(join(tmpdir(), 'shell-cache-soak-'))
  const args = [...FLAGS, INTERPRETED]
  const browser = await launch({ executablePath: CHROMIUM ?? '', args, userDataDir: folder, headless: true })
  try {
    const page = await browser.newPage()
    const random = randomFrom(SEED)
    await page.goto(`${relay.origin}/whole`)
    await untilStored(page)
    const worker = await sessionOfWorker(browser)
    const seen = new Map<string, number>()
    let warm = 0
    for (let count = 1; count <= NAVIGATIONS; count++) {
      const [name, set] = FAULTS[random(FAULTS.length)] ?? fail()
      const path = PATHS[random(PATHS.length)] ?? '/'
      await set({ relay, page, next, random })
      await forget(page)
      await page.goto(`${relay.origin}${path}?${count}`, { waitUntil: 'domcontentloaded' }).catch(() => {})
      const documents = await settle(page, `${count}: ${name} at ${path}, seed ${SEED}`, name === 'network gone')
      seen.set(`${name}: ${documents}`, (seen.get(`${name}: ${documents}`) ?? 0) + 1)
      await repair(relay, page)
      // After so many faults in a row the worker would show no shells any more (sw/store/alarm.ts).
      await page.evaluate(endRest)
      // Records that a deploy has removed come back by themselves only if the store is empty.
      if (random(20) === 0) await page.evaluate(purge)
      if (count === WARM) warm = await heapOf(worker)
    }
    const end = await heapOf(worker)
    console.log(`worker's heap: ${warm} B after ${WARM} navigations, ${end} B after ${NAVIGATIONS}`)
    console.log(
      [...seen]
        .map(([what, times]) => `${times} × ${what}`)
        .toSorted()
        .join('\n'),
    )
    if (warm > 0) expect(end / warm, 'growth of the worker’s memory').toBeLessThan(1.1)
  } finally {
    await browser.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})

function fail(): never {
  throw new Error('there is no such fault')
}

/** A small random generator with a seed (mulberry32), so that a run can be repeated. */
function randomFrom(seed: number): Random {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const driverOf = (page: Page): Parameters<typeof until>[0] => ({
  run: async (script, ...args) => page.evaluate(script as never, ...(args as unknown as never[])) as never,
})

/** Retries if the page is being left: a stranded page reloads itself when the network is back. */
async function forget(page: Page): Promise<void> {
  const remove = (): boolean => (sessionStorage.removeItem('probe'), true)
  await until(driverOf(page), Boolean, remove)
}

async function untilStored(page: Page): Promise<void> {
  await until(driverOf(page), (records) => records > 0, countRecords)
}

/** Waits until nothing changes any more. Returns how the documents were answered, or that the browser had nothing to show. */
async function settle(page: Page, what: string, mayBeNothing: boolean): Promise<string> {
  const state = await until(
    driverOf(page),
    ({ ready, text, hasReloadAhead }) => ready === 'complete' && text && !hasReloadAhead,
    () => ({
      ready: document.readyState,
      text: (document.body?.innerText.trim().length ?? 0) > 0,
      hasReloadAhead: document.querySelector('meta[http-equiv=refresh]') !== null,
      url: location.href,
      probe: location.protocol === 'http:' ? sessionStorage.getItem('probe') : null,
    }),
  ).catch((error: unknown) => {
    throw new Error(`navigation ${what} did not come to rest`, { cause: error })
  })
  // The browser's own error page: there was neither a record nor a network.
  if (state.probe === null) {
    expect(mayBeNothing, what).toBe(true)
    return 'nothing there'
  }
  const { documents, blanks } = JSON.parse(state.probe) as { documents: string[]; blanks: number }
  expect(documents.length, `documents of navigation ${what}`).toBeLessThanOrEqual(2)
  expect(blanks, `blank frames of navigation ${what}`).toBe(0)
  return documents.join(' → ')
}

/** Removes all faults, and leaves the tab on a page that can reach the store. */
async function repair(relay: Relay, page: Page): Promise<void> {
  relay.fault = undefined
  relay.cut = undefined
  relay.route = undefined
  relay.stripped.clear()
  await relay.up()
  const protocol = await until(driverOf(page), Boolean, () => location.protocol)
  if (!page.url().startsWith(relay.origin) || protocol !== 'http:') {
    await page.goto(`${relay.origin}/whole`)
  }
}

function purge(): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    port1.onmessage = () => resolve()
    navigator.serviceWorker.controller?.postMessage({ type: 'shell-cache:purge' }, [port2])
  })
}

async function sessionOfWorker(browser: Browser): Promise<CDPSession> {
  const target = await browser.waitForTarget((candidate) => candidate.type() === TargetType.SERVICE_WORKER)
  return target.createCDPSession()
}

async function heapOf(worker: CDPSession): Promise<number> {
  await worker.send('HeapProfiler.collectGarbage')
  return (await worker.send('Runtime.getHeapUsage')).usedSize
}

// Deploys, as open pages and the next visit see them: code that is loaded late, a worker that is killed, many pages in the
// middle of their streams. The plain replacement and the rollback are in deploy.spec.ts.

import type { Page } from '@playwright/test'

import { openOwnChromium } from '../../engines/chromium.ts'
import { ENGINES, ownReferer, until } from '../../engines/driver.ts'
import { expect, test } from '../../engines/fixtures.ts'
import {
  countRecords,
  forgetProbe,
  install,
  readProbe,
  readWorkerBuild,
  takeUpdate,
  untilLazyAssets,
  untilWhole,
} from '../../engines/page.ts'
import { TEST_MS } from '../../harness/timeouts.ts'

for (const engine of ENGINES) {
  test.describe(engine, { tag: `@${engine}` }, () => {
    test.use({ engine })

    test('F27 loads late code of the old build in a page that was open before the deploy', async ({
      tab,
      relay,
      next,
    }) => {
      await install(tab, relay)
      await tab.open(`${relay.origin}/lazy`)
      await untilWhole(tab)
      await untilLazyAssets(tab, 'faults')
      const before = await tab.run(readWorkerBuild)
      relay.turnTo(next.port)
      await takeUpdate(tab, before)
      // The chunk is gone from the server; anyone who asks it gets a 404.
      await tab.run(() => document.querySelector<HTMLElement>('[data-testid=load]')?.click())
      const loaded = await until(
        tab,
        (text) => text !== 'not yet',
        () => document.querySelector('[data-testid=load]')?.textContent,
      )
      expect(loaded).toBe('loaded from build one')
      // The page goes with the next visit, and with it the reason to keep the old build's files. WebKit counts it for a while
      // yet, and whatever page the worker finds open when it looks first: a few visits later there is none left.
      let names: string[] = []
      for (let visits = 0; visits < 10 && names.length !== 1; visits++) {
        await tab.open(`${relay.origin}/whole`)
        await untilWhole(tab)
        await until(tab, (records) => records > 0, countRecords)
        names = await tab.run(() => caches.keys())
      }
      expect(names).toHaveLength(1)
    })
  })
}

test('F20 chromium reloads a page whose worker was killed in the middle', async ({ relay }) => {
  await using tab = await openOwnChromium()
  await install(tab, relay)
  await forgetProbe(tab)
  const protocol = await tab.context.newCDPSession(tab.page)
  await protocol.send('ServiceWorker.enable')
  await tab.open(`${relay.origin}/?ms=5000`)
  await until(tab, Boolean, () => document.querySelector('h1')?.textContent === 'Home')
  await protocol.send('ServiceWorker.stopAllWorkers')
  await untilWhole(tab)
  expect((await readProbe(tab)).documents).toEqual(['instant', 'network'])
})

test('F40 chromium keeps the same of two visitors, no matter who they are', async ({ relay }) => {
  const stores: { readonly same: string; readonly stages: string }[] = []
  for (const [visitor, paths] of [
    ['first-visitor', ['/', '/p/a', '/p/of-first-visitor']],
    ['second-visitor', ['/p/of-second-visitor', '/', '/moved']],
  ] as const) {
    await using tab = await openOwnChromium()
    await install(tab, relay)
    await tab.run((name) => void (document.cookie = `visitor=${name}; path=/`), visitor)
    for (const path of paths) {
      await tab.open(relay.origin + path)
      await untilWhole(tab)
    }
    await untilLazyAssets(tab, 'faults')
    stores.push(await until(tab, ({ stages }) => stages.length > 1000, wholeStore))
  }
  const [first, second] = stores.map(({ same }) => same)
  expect(first?.length).toBeGreaterThan(10_000)
  // Not by their texts: those of two stores are a page of output when they differ.
  expect(first === second, 'the stores are the same').toBe(true)
  const texts = stores.map(({ same, stages }) => same + stages).join()
  expect(/(first|second)-visitor/.exec(texts)).toBeNull()
})

/**
 * Everything that is stored, but for the moments at which it came, and which pages were visited: `stages` are theirs, each locked by its
 * URL.
 */
async function wholeStore(): Promise<{ readonly same: string; readonly stages: string }> {
  const opening = indexedDB.open('next-shell-cache:/')
  await new Promise((resolve) => (opening.onsuccess = resolve))
  const rowsOf = async (table: string): Promise<Record<string, unknown>[]> => {
    const reading = opening.result.transaction(table).objectStore(table).getAll()
    await new Promise((resolve) => (reading.onsuccess = resolve))
    return reading.result
  }
  const [records, pages] = await Promise.all(['records', 'pages'].map(rowsOf))
  opening.result.close()
  const textOf = (bytes: unknown): string => (bytes instanceof Uint8Array ? new TextDecoder().decode(bytes) : '')
  const parts = (records ?? []).map(({ shell, ...record }) =>
    JSON.stringify({ ...record, receivedAt: 0, shell: textOf(shell) }),
  )
  for (const name of (await caches.keys()).toSorted()) {
    const cache = await caches.open(name)
    const urls = (await cache.keys()).map(({ url }) => url).toSorted()
    for (const url of urls) parts.push(`${name} ${url} ${await (await cache.match(url))?.text()}`)
  }
  return { same: parts.join('\n'), stages: (pages ?? []).map(({ kept }) => textOf(kept)).join('\n') }
}

/** More of them: CONTRIBUTING.md. */
const BATCHES = Number(process.env['SHELL_CACHE_DEPLOYS'] ?? 2)
const PAGES = 12

test('F24 ends each navigation of many on a whole page of one build, with deploys in their middle', async ({
  relay,
  server,
  next,
}) => {
  test.setTimeout(TEST_MS * BATCHES)
  await using tab = await openOwnChromium()
  await install(tab, relay)
  const servers = [next, server]
  for (let batch = 0; batch < BATCHES; batch++) {
    const buildId = await tab.run(readWorkerBuild)
    const before = relay.exchanges.length
    const pages = await Promise.all(Array.from({ length: PAGES }, () => tab.context.newPage()))
    const url = `${relay.origin}/?ms=1500`
    const visits = pages.map((page) => page.goto(url, { waitUntil: 'commit', ...ownReferer(url) }))
    // Chromium opens six connections to one host, for all tabs together.
    const asked = (): number => relay.exchanges.slice(before).filter(({ method }) => method === 'POST').length
    await expect.poll(asked, { intervals: [10] }).toBeGreaterThan(4)
    relay.turnTo(servers[batch % 2]?.port ?? 0)
    await Promise.all(visits)
    for (const page of pages) await expectOneBuild(page)
    // While the pages are still there: Chromium 156 looks for no update of a scope whose pages were closed right after their load.
    await takeUpdate(tab, buildId)
    await Promise.all(pages.map((page) => page.close()))
    await until(tab, (records) => records > 0, countRecords)
  }
})

async function expectOneBuild(page: Page): Promise<void> {
  await expect(page.locator('[data-hole=late]')).toBeAttached()
  await page.waitForFunction(() => document.readyState === 'complete' && !document.querySelector('[data-skeleton]'))
  const [shell, hole] = await page.evaluate(() => [
    document.querySelector('[data-testid=build]')?.textContent,
    document.querySelector<HTMLElement>('[data-hole=late]')?.dataset['build'],
  ])
  expect(shell).toMatch(/^(one|two)$/)
  expect(hole).toBe(shell)
}

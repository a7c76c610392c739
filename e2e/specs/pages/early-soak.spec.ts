// Many visits in one tab to pages that start early, while nothing changes on the server: each page is whole, shows the same as the network,
// costs one request and logs no errors, and its static stage always fits its rest. `SHELL_CACHE_VISITS` sets the number of visits,
// `SHELL_CACHE_SEED` repeats a run (CONTRIBUTING.md).

import { nat, sample } from 'fast-check'

import { type Driver, ENGINES, until } from '../../engines/driver.ts'
import { expect, test } from '../../engines/fixtures.ts'
import { install } from '../../engines/page.ts'
import { untilWhole } from '../../engines/shop.ts'
import { readStage } from '../../harness/in-page/stages.ts'
import { scaled, TEST_MS } from '../../harness/timeouts.ts'
import type { Relay } from '../../harness/servers/relay.ts'

const VISITS = Number(process.env['SHELL_CACHE_VISITS'] ?? 30)
const SEED = Number(process.env['SHELL_CACHE_SEED'] ?? 20_261_130)
const PATHS = ['/', '/products', '/products/oak-stool', '/products/tide-lamp', '/products/wool-throw', '/cart'] as const

/**
 * Firefox's message for each fetch that was open when a page was left (docs/discoveries/browsers.md): it names a prefetch, of data or of
 * a script, or nothing. A page that does not get a script that it needs is not whole, so the test fails anyway.
 */
const LEFT =
  /Failed to load ‘(?:|\S+_rsc=\S+|\S+\/_next\/static\/chunks\/\S+)’\. A ServiceWorker intercepted the request/

/** The text that a visitor reads on a page, without the footer that says how it was served. Runs in the page. */
function readText(): string {
  const isShown = (element: Element): boolean => element.getClientRects().length > 0
  const texts = [...document.querySelectorAll<HTMLElement>('main')].filter(isShown).map((main) => main.innerText)
  // The shop invents its stock, and has another offer each hour.
  return texts
    .join('\n')
    .replaceAll(/\d+ in stock|Made to order/g, 'in stock')
    .replace(/Today: .*, this hour/, 'Today: this hour')
}

/** Opens a page. Returns its text and the number of requests for it. */
async function visit(tab: Driver, relay: Relay, path: string): Promise<{ text: string; requests: number }> {
  const since = relay.exchanges.length
  await tab.open(relay.origin + path)
  await untilWhole(tab)
  const asked = relay.exchanges.slice(since).filter(({ url, headers }) => url === path && !isBeside(headers))
  return { text: await tab.run(readText), requests: asked.length }
}

/** Whether a request is the router's or for a record, and not for a document. */
function isBeside(headers: Relay['exchanges'][number]['headers']): boolean {
  return headers['rsc'] !== undefined || headers['shell-cache-record'] !== undefined
}

for (const engine of ENGINES)
  for (const app of engine === 'chromium' ? (['shop', 'shop-preload'] as const) : (['shop'] as const))
    test.describe(`${engine} in ${app}`, { tag: `@${engine}` }, () => {
      test.use({ engine, app })

      test('stands many visits to pages that begin early', async ({ tab, relay }) => {
        test.setTimeout(TEST_MS + scaled(VISITS * 3000))
        const network = new Map<string, string>()
        await install(tab, relay, '/about')
        for (const path of PATHS) {
          network.set(path, (await visit(tab, relay, path)).text)
          await visit(tab, relay, '/about')
          await visit(tab, relay, path)
          await until(tab, (stage) => stage === 'known', readStage, path)
        }
        let path: string | undefined
        for (const [visits, number] of sample(nat(PATHS.length - 2), { numRuns: VISITS, seed: SEED }).entries()) {
          // Opening the page's own address again would be a reload.
          path = PATHS.filter((other) => other !== path)[number] ?? '/'
          const what = `${path}, visit ${visits}, seed ${SEED}`
          expect(await visit(tab, relay, path), what).toEqual({ text: network.get(path), requests: 1 })
          expect(await tab.run(readStage, path), what).toBe('known')
        }
        expect(tab.complaints().filter((text) => !LEFT.test(text))).toEqual([])
      })
    })

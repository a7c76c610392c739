// Many visits in one tab to pages that begin early, with nothing changed on the server: each is whole, is what the network shows, costs one
// request and has nothing to complain of, and no page's beginning fails to fit its rest. `SHELL_CACHE_VISITS` says how many, `SHELL_CACHE_SEED`
// repeats a run (CONTRIBUTING.md).

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
 * What Firefox says of each fetch that a page had open when it was left (docs/discoveries/browsers.md): it names a prefetch, of data or of a
 * script, or nothing. A page that needs a script and does not get it is not whole.
 */
const LEFT =
  /Failed to load ‘(?:|\S+_rsc=\S+|\S+\/_next\/static\/chunks\/\S+)’\. A ServiceWorker intercepted the request/

/** What a visitor reads of a page, but for the word of how it came. Runs in the page. */
function readText(): string {
  const isShown = (element: Element): boolean => element.getClientRects().length > 0
  const texts = [...document.querySelectorAll<HTMLElement>('main')].filter(isShown).map((main) => main.innerText)
  // The shop makes up how many are left, and has another offer each hour.
  return texts
    .join('\n')
    .replaceAll(/\d+ in stock|Made to order/g, 'in stock')
    .replace(/Today: .*, this hour/, 'Today: this hour')
}

/** Opens a page; what is shown, and by which requests. */
async function visit(tab: Driver, relay: Relay, path: string): Promise<{ text: string; requests: number }> {
  const since = relay.exchanges.length
  await tab.open(relay.origin + path)
  await untilWhole(tab)
  const asked = relay.exchanges.slice(since).filter(({ url, headers }) => url === path && !isBeside(headers))
  return { text: await tab.run(readText), requests: asked.length }
}

/** What the page's router and the worker ask for beside a document. */
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
          // The page's own address would be a reload.
          path = PATHS.filter((other) => other !== path)[number] ?? '/'
          const what = `${path}, visit ${visits}, seed ${SEED}`
          expect(await visit(tab, relay, path), what).toEqual({ text: network.get(path), requests: 1 })
          expect(await tab.run(readStage, path), what).toBe('known')
        }
        expect(tab.complaints().filter((text) => !LEFT.test(text))).toEqual([])
      })
    })

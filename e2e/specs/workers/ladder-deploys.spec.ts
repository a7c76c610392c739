// Deploys from the view of open pages and the next visit: code that is loaded late, a worker that is killed, many pages in the middle of
// their streams. deploy.spec.ts has the plain replacement and the rollback.

import { openOwnChromium } from '../../engines/chromium.ts'
import { ENGINES, until } from '../../engines/driver.ts'
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
import { openUnattachedChromium } from '../../engines/unattached.ts'
import { keyHashOf } from '../../../protocol/shell-inventory.ts'
import { PRELOAD_HEADER } from '../../../protocol/wire.ts'
import { readBuilds } from '../../harness/in-page/builds.ts'
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
      // The server no longer has the chunk and would answer with a 404.
      await tab.run(() => document.querySelector<HTMLElement>('[data-testid=load]')?.click())
      const loaded = await until(
        tab,
        (text) => text !== 'not yet',
        () => document.querySelector('[data-testid=load]')?.textContent,
      )
      expect(loaded).toBe('loaded from build one')
      // With the next visit the page is closed, and with it the reason to keep the old build's files. WebKit still reports it for a
      // while, and so may the worker's first check: a few visits later no old page is left.
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
  // Compared as a boolean: the texts of two stores would be a page of output if they differ.
  expect(first === second, 'the stores are the same').toBe(true)
  const texts = stores.map(({ same, stages }) => same + stages).join()
  expect(/(first|second)-visitor/.exec(texts)).toBeNull()
})

/**
 * Everything that is stored, except times and which pages were visited: `stages` are the stages of those pages, each encrypted with its
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

/** CONTRIBUTING.md says how to run more. */
const BATCHES = Number(process.env['SHELL_CACHE_DEPLOYS'] ?? 2)
const PAGES = 12

test('F24 ends each navigation of many on a whole page of one build, with deploys in their middle', async ({
  relay,
  server,
  next,
}) => {
  test.setTimeout(TEST_MS * BATCHES)
  await using browser = await openUnattachedChromium()
  await install(browser, relay)
  const servers = [next, server]
  for (let batch = 0; batch < BATCHES; batch++) {
    await browser.run(noteTakeover)
    const before = relay.exchanges.length
    const tabs = await Promise.all(Array.from({ length: PAGES }, browser.openTab))
    const visits = tabs.map((tab) => tab.open(`${relay.origin}/?ms=1500`))
    // Chromium opens six connections to a host, for all tabs together.
    const asked = (): number => relay.exchanges.slice(before).filter(({ method }) => method === 'POST').length
    await expect.poll(asked, { intervals: [10] }).toBeGreaterThan(4)
    relay.turnTo(servers[batch % 2]?.port ?? 0)
    await Promise.all(visits)
    for (const tab of tabs) {
      await tab.bringToFront()
      const { shell, hole } = await until(tab, ({ isWhole }) => isWhole, readBuilds)
      expect(shell).toMatch(/^(one|two)$/)
      expect(hole).toBe(shell)
    }
    // The loaded pages have made the browser check for the new worker. If one of them has just woken the old worker, the new one takes over
    // only at one of the next navigations (docs/discoveries/browsers.md).
    await expect(async () => {
      await tabs[0]?.open(`${relay.origin}/?ms=0`)
      expect(await browser.run(wasTaken)).toBe(true)
    }).toPass()
    await Promise.all(tabs.map((tab) => tab.close()))
    await until(browser, (records) => records > 0, countRecords)
  }
})

for (const app of ['faults', 'faults-preload'] as const) {
  test.describe(app, () => {
    test.use({ app })

    test('E28 asks for one document after each of three deploys, and shows the new build’s shell at the second visit', async ({
      relay,
      server,
      next,
    }) => {
      await using browser = await openUnattachedChromium()
      await install(browser, relay)
      const visits = await browser.openTab()
      let preloaded = 0
      for (const { port } of [next, server, next]) {
        await browser.run(noteTakeover)
        relay.turnTo(port)
        const deployed = relay.exchanges.length
        await visits.open(`${relay.origin}/?ms=100`)
        await until(browser, (isTaken) => isTaken, wasTaken)
        const first = await until(visits, ({ isWhole }) => isWhole, readBuilds)
        expect(first.shell).toBe(first.hole)
        const firstAsked = relay.exchanges.slice(deployed).filter(({ url }) => url === '/?ms=100')
        expect(firstAsked.filter(({ answer }) => !answer['shell-cache-verdict'])).toHaveLength(1)
        // A preload brings the page, which names its build. Without a preload the refusal names it.
        const isPreloaded = firstAsked.some(({ headers }) => headers[PRELOAD_HEADER] !== undefined)
        expect(firstAsked).toHaveLength(isPreloaded ? 1 : 2)
        preloaded += Number(isPreloaded)
        // The preload header does not yet name what is stored.
        await until(browser, Boolean, isTold, await browser.run(readWorkerBuild), keyHashOf('/'))
        const before = relay.exchanges.length
        await visits.open(`${relay.origin}/?ms=100&again`)
        const { shell, hole, outcome } = await until(visits, ({ isWhole }) => isWhole, readBuilds)
        expect([shell, outcome]).toEqual([hole, 'instant'])
        const asked = relay.exchanges.slice(before).filter(({ url }) => url === '/?ms=100&again')
        const said = asked.map(({ method, answer }) => `${method} ${String(answer['shell-cache-verdict'] ?? 'whole')}`)
        expect(said).toEqual([expect.stringMatching(/ resumed; /)])
      }
      // The build between the two has no preload.
      expect(preloaded).toBe(app === 'faults-preload' ? 2 : 0)
    })
  })
}

/** Whether the preload header says that this build's own record is shown for the key: it lists only the exceptions. */
async function isTold(build: string, key: string): Promise<boolean> {
  const { enabled, headerValue = '' } = await (await navigator.serviceWorker.ready).navigationPreload.getState()
  return enabled !== true || (headerValue.startsWith(build) && !headerValue.includes(key))
}

/** Lets a page note when another worker controls it. No worker is asked, which would keep it alive. */
function noteTakeover(): void {
  const { serviceWorker } = navigator
  const { dataset } = document.documentElement
  delete dataset['taken']
  serviceWorker.addEventListener('controllerchange', () => (dataset['taken'] = 'yes'), { once: true })
}

function wasTaken(): boolean {
  return document.documentElement.dataset['taken'] === 'yes'
}

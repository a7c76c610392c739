// Rows of the fault matrix that need more than one broken visit: abort, kill, logout, purge, the kill switch, a resume that breaks off at
// many different bytes. In every browser in which they can be provoked.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { chromium } from '@playwright/test'

import { FLAGS, WHOLE_BROWSER } from '../../harness/browser.ts'
import { ENGINES, until } from '../../engines/driver.ts'
import { expect, test } from '../../engines/fixtures.ts'
import { countRecords, forgetProbe, install, readProbe, untilStill, untilWhole } from '../../engines/page.ts'
import { serveOnAnotherSite } from '../../harness/hosts/other-site.ts'
import { appFolder, ROOT } from '../../harness/paths.ts'
import type { Relay } from '../../harness/servers/relay.ts'
import { deleteDatabase, endRest } from '../../harness/in-page/store-faults.ts'
import { isForgotten, shellBuild, storedKeys } from '../../harness/in-page/store-reads.ts'
import { untilControlled } from '../../harness/fixtures.ts'

const posts = (relay: Relay): string[] =>
  relay.exchanges.filter(({ method }) => method === 'POST').map(({ url }) => url)

/** What the package has left in this browser. */
async function left(): Promise<{ workers: number; caches: number; databases: number }> {
  return {
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    caches: (await caches.keys()).length,
    databases: (await indexedDB.databases()).length,
  }
}
const NOTHING = { workers: 0, caches: 0, databases: 0 }

function purge(): Promise<boolean> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data.ok)
    navigator.serviceWorker.controller?.postMessage({ type: 'shell-cache:purge' }, [port2])
  })
}

for (const engine of ENGINES) {
  test.describe(engine, { tag: `@${engine}` }, () => {
    test.use({ engine })

    test('F7 fills the store again when a page is loaded after the browser has emptied it', async ({ tab, relay }) => {
      await install(tab, relay)
      await tab.run(deleteDatabase)
      await tab.open(`${relay.origin}/`)
      await untilWhole(tab)
      await until(tab, (records) => records > 0, countRecords)
      // The loaded page has its own record before the other records arrive.
      await until(tab, (keys) => keys.includes('/p/a'), storedKeys)
      await forgetProbe(tab)
      await tab.open(`${relay.origin}/p/a`)
      await untilWhole(tab)
      expect((await readProbe(tab)).documents).toEqual(['instant'])
    })

    test('F12 F28 shows a guarded page after its verdict, and redirects whom the guard turns away', async ({
      tab,
      relay,
    }) => {
      await install(tab, relay)
      await tab.run(() => void (document.cookie = 'session=ann; path=/'))
      await forgetProbe(tab)
      await tab.open(`${relay.origin}/account`)
      await untilWhole(tab)
      await until(tab, (keys) => keys.includes('/account'), storedKeys)
      await tab.open(`${relay.origin}/account?again`)
      await untilWhole(tab)
      relay.fault = ({ method }) =>
        method === 'POST' ? { status: 409, headers: { 'shell-cache-verdict': 'refused; reason=unknown' } } : undefined
      await tab.open(`${relay.origin}/account?refused`)
      await untilWhole(tab)
      relay.fault = undefined
      await tab.run(() => void (document.cookie = 'session=; path=/; max-age=0'))
      await tab.open(`${relay.origin}/account?left`)
      expect(await untilWhole(tab)).toBe('Whole')
      expect((await readProbe(tab)).documents).toEqual(['network', 'gated', 'network', 'static'])
      await until(tab, (keys) => !keys.includes('/account'), storedKeys)
    })

    test('F36 lets the origin go when the visitor goes', async ({ tab, relay }) => {
      await install(tab, relay)
      await tab.open(`${relay.origin}/?ms=20000`)
      await until(tab, Boolean, () => document.querySelector('h1')?.textContent === 'Home')
      // Long before the worker would send a request of its own because the response is late.
      await expect.poll(() => posts(relay), { intervals: [50] }).toEqual(['/?ms=20000'])
      const before = relay.exchanges.length
      await tab.open(`${relay.origin}/whole`)
      const exchange = relay.exchanges.find(({ method }) => method === 'POST')
      await expect.poll(() => exchange?.isAborted).toBe(true)
      // A visitor who has left the page needs no document either.
      await tab.open(`${relay.origin}/unknown`)
      const documents = relay.exchanges
        .slice(before)
        .filter(({ method, url }) => method === 'GET' && url.startsWith('/?ms'))
      expect(documents).toEqual([])
    })

    test('F18 reloads once wherever a resume breaks off', async ({ tab, relay }) => {
      await install(tab, relay)
      let after = 0
      relay.cut = ({ method }) => (method === 'POST' ? { after, by: after % 4 === 1 ? 'reset' : 'end' } : undefined)
      // Irregular numbers, so that the breaks are in every kind of markup and script. The response has about 6,000 bytes.
      for (after of [1, 7, 61, 211, 499, 1009, 1511, 2003, 2503, 3001, 3607, 4001, 4507, 4999, 5303]) {
        await forgetProbe(tab)
        await tab.open(`${relay.origin}/?after=${after}`)
        await untilWhole(tab)
        const { documents, blanks } = await readProbe(tab)
        expect(documents, `cut after ${after} bytes`).toEqual(['instant', 'network'])
        expect(blanks).toBe(0)
        // After so many reloads in a row the worker would show no shells any more (sw/store/alarm.ts).
        await tab.run(endRest)
      }
    })

    test('F40 forgets what lay behind a guard when it is told to', async ({ tab, relay }) => {
      await install(tab, relay)
      await tab.run(() => void (document.cookie = 'session=ann; path=/'))
      await tab.open(`${relay.origin}/account`)
      await until(tab, (keys) => keys.includes('/account'), storedKeys)
      expect(await tab.run(purge)).toBe(true)
      expect(await tab.run(storedKeys)).not.toContain('/account')
      // Public shells come back with the next page, or with the last request of this one. Guarded shells do not.
      await tab.open(`${relay.origin}/`)
      await untilWhole(tab)
      await until(tab, (keys) => keys.includes('/'), storedKeys)
      expect(await tab.run(storedKeys)).not.toContain('/account')
    })

    test('F40 leaves nothing behind a logout with Clear-Site-Data', async ({ tab, relay }) => {
      test.skip(engine === 'webkit', 'WebKitGTK 2.50 keeps databases and workers in spite of the header')
      await install(tab, relay)
      await tab.run(() => void (document.cookie = 'session=ann; path=/'))
      await tab.open(`${relay.origin}/account`)
      await until(tab, (keys) => keys.includes('/account'), storedKeys)
      // The page's own registration is a job in the browser's queue: after the logout it would bring the worker back.
      await untilStill(tab)
      await tab.run(async () => void (await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' })))
      await tab.open(`${relay.origin}/logout`)
      await until(tab, Boolean, isForgotten, '/account')
    })

    test('F41 finds a new worker though the host lets its script be cached for a year', async ({
      tab,
      relay,
      next,
    }) => {
      const script = await readFile(join(appFolder('faults'), '.next', 'static', 'shell-cache', 'sw.js'))
      const headers = { 'content-type': 'text/javascript', 'cache-control': 'public, max-age=31536000, immutable' }
      relay.fault = ({ url }) => (url === '/sw.js' ? { status: 200, headers, body: script } : undefined)
      await install(tab, relay)
      relay.fault = undefined
      relay.turnTo(next.port)
      await tab.run(async () => void (await (await navigator.serviceWorker.ready).update()))
      await until(tab, (build) => build === 'two', shellBuild)
    })

    test('F42 takes itself away if the kill switch is deployed', async ({ tab, relay }) => {
      await install(tab, relay)
      const body = await readFile(join(ROOT, 'dist', 'worker-bundle', 'sw-uninstall.js'))
      const headers = { 'content-type': 'text/javascript' }
      relay.fault = ({ url }) => (url === '/sw.js' ? { status: 200, headers, body } : undefined)
      await forgetProbe(tab)
      await tab.open(`${relay.origin}/`)
      await untilWhole(tab)
      // The client of this build would register the worker again: a real deploy removes it from the layout.
      await tab.run(
        async () => void (await (await navigator.serviceWorker.getRegistration())?.update().catch(() => {})),
      )
      await until(tab, ({ workers, ...stored }) => stored.caches + stored.databases === 0 && workers === 0, left)
      expect(await tab.run(left)).toEqual(NOTHING)
    })

    test('F43 F21 shows the page if the worker’s script fails', async ({ tab, relay }) => {
      const headers = { 'content-type': 'text/javascript' }
      relay.fault = ({ url }) =>
        url === '/sw.js' ? { status: 200, headers, body: 'throw new Error("broken")' } : undefined
      await tab.open(`${relay.origin}/`)
      await untilWhole(tab)
      await tab.open(`${relay.origin}/p/a`)
      await untilWhole(tab)
      expect((await readProbe(tab)).documents).toEqual(['network', 'network'])
    })

    test('stays a page with holes if the reload has nowhere to go', async ({ tab, relay }) => {
      await install(tab, relay)
      relay.cut = ({ method }) => (method === 'POST' ? { after: 1500, by: 'reset' } : undefined)
      relay.fault = ({ method, url }) => (method === 'GET' && url === '/' ? 'reset' : undefined)
      await tab.open(`${relay.origin}/`)
      await untilStill(tab)
      expect((await readProbe(tab)).documents.slice(1)).toEqual(['instant'])
    })
  })
}

test('F8 F44 works in a private window, and leaves frames of other sites to the network', async ({ relay }) => {
  const browser = await chromium.launch({ ...WHOLE_BROWSER, args: FLAGS })
  try {
    const page = await browser.newPage()
    const said: string[] = []
    page.on('console', (message) => message.type() === 'error' && said.push(message.text()))
    page.on('pageerror', (error) => said.push(error.message))
    await page.goto(`${relay.origin}/`)
    await untilControlled(page)
    const response = await page.goto(`${relay.origin}/p/a`)
    expect(response?.headers()['server-timing']).toContain('instant')
    const before = relay.exchanges.length
    await using host = await serveOnAnotherSite(`<iframe src="${relay.origin}/p/a"></iframe>`)
    await page.goto(host.origin)
    await expect(page.frameLocator('iframe').locator('h1')).toHaveText('a')
    const asked = relay.exchanges.slice(before).filter(({ url }) => url === '/p/a')
    expect(asked.map(({ method }) => method)).toEqual(['GET'])
    expect(said).toEqual([])
  } finally {
    await browser.close()
  }
})

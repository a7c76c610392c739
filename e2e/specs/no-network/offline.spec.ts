// The example without a server, in every browser: each way to reach a page works, counters count, holes fill when the server is back, all
// in the same document. `relay.down()` closes the port: connections are refused, as by a machine that is off.

import { type Driver, ENGINES, until, untilAnotherDocument } from '../../engines/driver.ts'
import { expect, test } from '../../engines/fixtures.ts'
import {
  clickOn,
  count,
  expectQuiet,
  isPrefetched,
  prepare,
  readHeading,
  untilShown,
  untilWhole,
} from '../../engines/shop.ts'
import { NAMED_NEXT } from '../../harness/builds/peer-range.ts'
import { hasPictures } from '../../harness/in-page/store-reads.ts'

// Chromium uses navigation preload here, the default; the others use POST. A run on another Next has only one build of the example.
const APP = NAMED_NEXT === undefined ? 'shop-preload' : 'shop'
test.use({ app: APP })

/** Every route of the example: a path, its heading, how many holes stay open. */
const ROUTES = [
  ['/', 'Made to last, there at once', 2],
  ['/products', 'Products', 10],
  ['/products/oak-stool', 'Oak Stool', 3],
  ['/products/never-built', '', 2],
  ['/cart', 'Your cart', 2],
  ['/about', 'About this shop', 0],
] as const

// Navigating to another document leaves the page, maybe before the script has returned.
const reload = (tab: Driver): Promise<unknown> => tab.run(() => setTimeout(() => location.reload())).catch(() => {})
const go = (tab: Driver, steps: number): Promise<unknown> => tab.run((by) => setTimeout(() => history.go(by)), steps)

for (const engine of ENGINES) {
  test.describe(engine, { tag: `@${engine}` }, () => {
    test.use({ engine, isVisitorKept: true })

    test('opens, reloads and goes back to every route without a server', async ({ tab, relay }) => {
      await prepare(tab, relay, APP)
      await relay.down()
      for (const [path, title, holes] of ROUTES) {
        await tab.open(relay.origin + path)
        await untilShown(tab, path, holes)
        expect(await tab.run(readHeading)).toContain(title)
        const counted = await tab.run(count)
        if (counted !== '')
          await until(
            tab,
            (text) => text.includes('1'),
            () => document.querySelector('[data-testid=counter]')?.textContent ?? '',
          )
        await tab.run(() => Reflect.set(self, 'isOld', true))
        await reload(tab)
        await until(
          tab,
          (isOld) => !isOld,
          () => Reflect.get(self, 'isOld') === true,
        )
        await untilShown(tab, path, holes)
      }
      await go(tab, -1)
      await untilShown(tab, '/cart', 2)
      await go(tab, 1)
      await untilShown(tab, '/about', 0)
      await expectQuiet(tab)
    })

    test('follows links without a server', async ({ tab, relay }) => {
      await prepare(tab, relay, APP)
      await relay.down()
      await tab.open(`${relay.origin}/`)
      await untilShown(tab, '/', 2)
      for (const [path, title, holes] of [ROUTES[4], ROUTES[5], ROUTES[1], ROUTES[2], ROUTES[0]]) {
        const click = (): Promise<unknown> => until(tab, (isThere) => isThere, clickOn, path)
        // Once prefetched, a page without holes is complete in the router. For other pages it shows the shell and then loads the
        // stored page.
        if (holes === 0) await until(tab, (isThere) => isThere, isPrefetched, path)
        await (holes === 0 ? click() : untilAnotherDocument(tab, click))
        await untilShown(tab, path, holes)
        expect(await tab.run(readHeading)).toBe(title)
      }
      await go(tab, -1)
      await untilShown(tab, '/products/oak-stool', 3)
      await relay.up()
      await untilWhole(tab)
      await expectQuiet(tab)
    })

    test('fills the holes when the server is back, and keeps what the visitor has done', async ({ tab, relay }) => {
      await prepare(tab, relay, APP)
      await relay.down()
      await tab.open(`${relay.origin}/`)
      await untilShown(tab, '/', 2)
      await tab.run(count)
      await tab.run(() => Reflect.set(self, 'isOld', true))
      await relay.up()
      const before = relay.exchanges.length
      await untilWhole(tab)
      expect(await tab.run(() => Reflect.get(self, 'isOld'))).toBe(true)
      expect(await tab.run(() => document.querySelector('[data-testid=counter]')?.textContent)).toContain('1')
      const navigations = relay.exchanges
        .slice(before)
        .filter(({ headers }) => headers['sec-fetch-mode'] === 'navigate')
      expect(navigations).toEqual([])
      await expectQuiet(tab)
    })

    test('takes a server that never answers for none, and lets it come back', async ({ tab, relay }) => {
      await prepare(tab, relay, APP)
      relay.fault = () => 'silence'
      await tab.open(`${relay.origin}/`)
      expect(await until(tab, Boolean, readHeading)).toBe('Made to last, there at once')
      await untilShown(tab, '/', 2)
      await tab.run(count)
      await tab.open(`${relay.origin}/cart`)
      await untilShown(tab, '/cart', 2)
      await untilAnotherDocument(tab, () => reload(tab))
      await untilShown(tab, '/cart', 2)
      relay.fault = undefined
      relay.endSilence()
      await untilWhole(tab)
      await expectQuiet(tab)
    })

    test('shows the app’s offline page for what is not stored, until the server is back', async ({ tab, relay }) => {
      await prepare(tab, relay, APP)
      await relay.down()
      await tab.open(`${relay.origin}/account/orders`)
      await until(tab, (shown) => shown === 'Not without a network', readHeading)
      await relay.up()
      await until(tab, (shown) => shown === 'Not here', readHeading)
    })

    // In the other apps a first visit stores no more than in a visitor's browser, so there is no room for pictures.
    test.describe('with room for all at the first visit', () => {
      test.use({ app: 'shop', isVisitorKept: false })

      test('has the pictures of a page that was never visited', async ({ tab, relay }) => {
        await prepare(tab, relay, 'shop')
        await until(tab, Boolean, hasPictures)
        await relay.down()
        await tab.open(`${relay.origin}/about`)
        await until(
          tab,
          (width) => width > 0,
          () => document.querySelector<HTMLImageElement>('img.photo')?.naturalWidth ?? 0,
        )
      })
    })
  })
}

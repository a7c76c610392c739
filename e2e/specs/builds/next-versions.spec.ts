// What must work on every Next in package.json's range. The suite runs it on the lowest, while its other apps are built on the version of
// package-lock.json; `npm run test:next` runs it on the version that it names.

import {
  expect,
  expectHydrated,
  install,
  LOSS,
  pageRequests,
  test,
  untilControlled,
  visit,
} from '../../harness/fixtures.ts'
import { serveWithPreload, verdictsSince } from '../../harness/builds/as-preload.ts'
import { appFolder, type AppName } from '../../harness/paths.ts'
import { lockedNext, NAMED_NEXT, nextOf, peerRange } from '../../harness/builds/peer-range.ts'

const { lowest, below } = peerRange()
const RELEASES: readonly (readonly [app: AppName, version: string])[] = [
  NAMED_NEXT === undefined ? ['lowest', lowest] : ['named', NAMED_NEXT],
]

test('runs on both ends of the range that the package claims', () => {
  test.skip(NAMED_NEXT !== undefined, 'runs on another Next')
  expect(nextOf(appFolder('lowest')), 'the lowest').toBe(lowest)
  expect(nextOf(appFolder('shop')), 'the newest, by package-lock.json').toBe(lockedNext())
  expect(Number(lockedNext().split('.')[0]), 'the newest is in the range').toBe(below - 1)
})

for (const [app, version] of RELEASES) {
  test.describe(`on Next ${version}`, () => {
    test.use({ appName: app })

    test('opens every kind of page from a shell', async ({ page, relay }) => {
      expect(nextOf(appFolder(app))).toBe(version)
      await install(page, relay)
      expect((await untilControlled(page)).records).toBe(4)
      for (const [path, outcome, requests] of [
        ['/', 'instant', ['POST /']],
        ['/p/a', 'instant', ['POST /p/a']],
        ['/p/other', 'instant', ['POST /p/other']],
        ['/p/k%C3%A4se', 'instant', ['POST /p/k%C3%A4se']],
        ['/about', 'static', []],
      ] as const) {
        const before = pageRequests(relay).length
        expect((await visit(page, relay, path)).outcome).toBe(outcome)
        expect(pageRequests(relay).slice(before)).toEqual(requests)
        await expectHydrated(page)
      }
    })

    test('opens them by preload', async ({ page, relay }) => {
      await serveWithPreload(relay, app)
      await install(page, relay)
      for (const path of ['/', '/p/a', '/p/other', '/p/k%C3%A4se']) {
        const since = relay.exchanges.length
        expect((await visit(page, relay, path)).outcome, path).toBe('instant')
        expect(verdictsSince(relay, since), path).toEqual(['GET resumed'])
      }
    })

    // The static stage that one visit learns must be found by the next, which begins with it (sw/early-start/).
    test('opens a page again and again, with one request each', async ({ page, relay }) => {
      await install(page, relay)
      for (let visits = 1; visits <= 5; visits++) {
        const before = pageRequests(relay).length
        expect((await visit(page, relay, '/p/a')).outcome, `visit ${visits}`).toBe('instant')
        await expectHydrated(page)
        await visit(page, relay, '/about')
        expect(pageRequests(relay).slice(before), `visit ${visits}`).toEqual(['POST /p/a'])
      }
    })

    test('keeps a page with holes alive without a network, and fills them when it is back', async ({
      page,
      relay,
      expected,
    }) => {
      // React reports each boundary that stays open.
      expected.push(/ERR_CONNECTION_REFUSED|React error #419/)
      await install(page, relay)
      await visit(page, relay, '/')
      await relay.down()
      for (const path of ['/', '/p/a', '/p/other?size=2']) {
        await page.goto(relay.origin + path)
        await expect(page.locator('[data-skeleton]')).not.toHaveCount(0)
        await expectHydrated(page)
      }
      await page.evaluate(() => Reflect.set(self, 'isOld', true))
      await relay.up()
      await expect(page.locator('[data-skeleton]')).toHaveCount(0)
      await expect(page.locator('h1')).toHaveText('other')
      expect(await page.evaluate(() => Reflect.get(self, 'isOld')), 'the document is the same').toBe(true)
      await expect(page.getByTestId('counter'), 'and what was done stays').toContainText('1')
    })

    test('keeps it alive if the network only fails after a while', async ({ page, relay, expected }) => {
      // Requests that were never answered are ended when the network is back.
      expected.push(LOSS, /React error #419/)
      await install(page, relay)
      relay.fault = () => 'silence'
      await page.goto(`${relay.origin}/p/a`)
      await expectHydrated(page)
      relay.fault = undefined
      relay.endSilence()
      await expect(page.locator('[data-skeleton]')).toHaveCount(0)
      await expect(page.getByTestId('counter')).toContainText('1')
    })
  })
}

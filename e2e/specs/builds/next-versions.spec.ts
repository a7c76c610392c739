// The ends of the range of Next that package.json claims. The suite's other apps are built on the version of package-lock.json; the
// lowest, and whichever `npm run test:next -- <version>` names, are installed from the registry as a user would.

import { expect, expectHydrated, install, pageRequests, test, untilControlled, visit } from '../../harness/fixtures.ts'
import { serveWithPreload, verdictsSince } from '../../harness/builds/as-preload.ts'
import { appFolder, type AppName } from '../../harness/paths.ts'
import { lockedNext, NAMED_NEXT, nextOf, peerRange } from '../../harness/builds/peer-range.ts'

const { lowest, below } = peerRange()
const INSTALLED: readonly (readonly [app: AppName, version: string])[] = [
  ['lowest', lowest],
  ...(NAMED_NEXT === undefined ? [] : [['named', NAMED_NEXT] as const]),
]

test('runs on both ends of the range that the package claims', () => {
  expect(nextOf(appFolder('lowest')), 'the lowest').toBe(lowest)
  expect(nextOf(appFolder('shop')), 'the newest, by package-lock.json').toBe(lockedNext())
  expect(Number(lockedNext().split('.')[0]), 'the newest is in the range').toBe(below - 1)
})

for (const [app, version] of INSTALLED) {
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

    test('shows the shell without a network, and its holes when it is back', async ({ page, relay, expected }) => {
      // Next 16.2 starts React without being told to, which says of a shell without its rest that it was cut; the page is loaded
      // anew when it can be. Since 16.4 React is told that the rest comes later, which it calls recoverable.
      expected.push(/ERR_CONNECTION_REFUSED|React error #4(12|19)|Connection closed/)
      await install(page, relay)
      await visit(page, relay, '/')
      await relay.down()
      await page.goto(`${relay.origin}/p/a`)
      await expect(page.locator('h1')).toBeVisible()
      await expect(page.locator('[data-skeleton]')).not.toHaveCount(0)
      await relay.up()
      await expect(page.locator('[data-skeleton]')).toHaveCount(0)
      await expectHydrated(page)
    })
  })
}

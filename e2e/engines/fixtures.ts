// What every scenario gets: a tab of the engine that it is for, and an app behind a relay of its own, which is an
// origin that no other scenario has seen. Server and browsers are started once for each worker of Playwright.

import { test as base } from '@playwright/test'

import { type AppName, appFolder } from '../harness/paths.ts'
import { type Relay, startRelay } from '../harness/relay.ts'
import { type RunningServer, startServer, warmUp } from '../harness/server.ts'
import { startChromium } from './chromium.ts'
import type { Browser, Driver, Engine } from './driver.ts'
import { startFirefox } from './firefox.ts'
import { startWebKit } from './webkit.ts'

export { expect } from '@playwright/test'

type ForWorker = {
  /** The app that tests visit. */
  readonly app: AppName
  readonly server: RunningServer
  /** Another build of the same app. */
  readonly next: RunningServer
  readonly browsers: (engine: Engine) => Promise<Browser | undefined>
}
type ForTest = { readonly engine: Engine; readonly relay: Relay; readonly tab: Driver }

const STARTS = {
  chromium: () => Promise.resolve(startChromium()),
  firefox: startFirefox,
  webkit: startWebKit,
} as const satisfies Record<Engine, () => Promise<Browser | undefined>>

export const test = base.extend<ForTest, ForWorker>({
  app: ['faults', { option: true, scope: 'worker' }],
  server: [
    async ({ app }, use) => {
      await using server = await startServer(appFolder(app), { SHOP_DELAY_MS: '60' })
      await use(server)
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  next: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names out of the pattern
    async ({}, use) => {
      await using server = await startServer(appFolder('faults-next'))
      await warmUp(server, '/')
      await use(server)
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  browsers: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- as above
    async ({}, use) => {
      const started = new Map<Engine, Promise<Browser | undefined>>()
      await use((engine) => {
        const browser = started.get(engine) ?? STARTS[engine]()
        started.set(engine, browser)
        return browser
      })
      for (const browser of started.values()) await (await browser)?.[Symbol.asyncDispose]()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  engine: ['chromium', { option: true }],
  relay: async ({ server }, use) => {
    await using relay = await startRelay(server.port)
    await use(relay)
  },
  // The relay goes after the tab: a page that is still open would report its end.
  tab: async ({ engine, browsers, relay: _relay }, use, info) => {
    const browser = await browsers(engine)
    info.skip(browser === undefined, `${engine} is not installed`)
    if (!browser) return
    await using tab = await browser.openTab()
    await use(tab)
  },
})

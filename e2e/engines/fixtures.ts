// What every scenario gets: a tab of the engine that it is for, and an app behind a relay of its own, which is an
// origin that no other scenario has seen. Servers and browsers are started once for each worker of Playwright.

import { test as base } from '@playwright/test'

import { type ChromiumPool, createChromiumPool } from '../harness/chromium-pool.ts'
import { type AppName, appFolder } from '../harness/paths.ts'
import { type Relay, startRelay } from '../harness/relay.ts'
import { createServerPool, type ServerPool } from '../harness/server-pool.ts'
import { type RunningServer, warmUp } from '../harness/server.ts'
import { openChromium } from './chromium.ts'
import type { Browser, Driver, Engine } from './driver.ts'
import { startFirefox } from './firefox.ts'
import { startWebKit } from './webkit.ts'

export { expect } from '@playwright/test'

type ForWorker = {
  readonly servers: ServerPool
  readonly chromium: ChromiumPool
  readonly others: (engine: 'firefox' | 'webkit') => Promise<Browser | undefined>
}
type ForTest = {
  /** The app that the test visits. */
  readonly app: AppName
  readonly engine: Engine
  readonly server: RunningServer
  /** Another build of the same app. */
  readonly next: RunningServer
  readonly relay: Relay
  readonly tab: Driver
}

const STARTS = { firefox: startFirefox, webkit: startWebKit }

export const test = base.extend<ForTest, ForWorker>({
  servers: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names out of the pattern
    async ({}, use) => {
      await using servers = createServerPool()
      await use(servers)
    },
    { scope: 'worker' },
  ],
  chromium: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- as above
    async ({}, use) => {
      await using pool = createChromiumPool()
      await use(pool)
    },
    { scope: 'worker' },
  ],
  others: [
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
    { scope: 'worker' },
  ],
  app: ['faults', { option: true }],
  engine: ['chromium', { option: true }],
  server: async ({ app, servers }, use) => use(await servers.get(appFolder(app), { SHOP_DELAY_MS: '60' })),
  next: async ({ servers }, use) => {
    const server = await servers.get(appFolder('faults-next'), {})
    await warmUp(server, '/')
    await use(server)
  },
  relay: async ({ server }, use) => {
    await using relay = await startRelay(server.port)
    await use(relay)
  },
  // The relay goes after the tab: a page that is still open would report its end.
  tab: async ({ engine, chromium, others, relay }, use, info) => {
    if (engine === 'chromium') {
      await using tab = await openChromium(chromium, relay.origin)
      await use(tab)
      return
    }
    const browser = await others(engine)
    info.skip(browser === undefined, `${engine} is not installed`)
    if (!browser) return
    await using tab = await browser.openTab()
    await use(tab)
  },
})

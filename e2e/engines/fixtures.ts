// The fixtures of every scenario: a tab in its engine, and an app behind its own relay, which is an origin that no other scenario
// has used. Servers and browsers are started once for each Playwright worker.

import { type AppName, appFolder } from '../harness/paths.ts'
import { type Relay, startRelay } from '../harness/servers/relay.ts'
import { type RunningServer, warmUp } from '../harness/servers/server.ts'
import { test as shared } from '../harness/shared.ts'
import { openChromium } from './chromium.ts'
import type { Driver, Engine } from './driver.ts'

export { expect } from '@playwright/test'

type ForTest = {
  /** The app that the test visits. */
  readonly app: AppName
  readonly engine: Engine
  /** As in harness/fixtures.ts. In Chromium only. */
  readonly isVisitorKept: boolean
  readonly server: RunningServer
  /** Another build of the same app. */
  readonly next: RunningServer
  readonly relay: Relay
  readonly tab: Driver
}

export const test = shared.extend<ForTest>({
  app: ['faults', { option: true }],
  engine: ['chromium', { option: true }],
  isVisitorKept: [false, { option: true }],
  server: async ({ app, servers }, use) => use(await servers.get(appFolder(app), { SHOP_DELAY_MS: '60' })),
  next: async ({ servers }, use) => {
    const server = await servers.get(appFolder('faults-next'), {})
    await warmUp(server, '/')
    await use(server)
  },
  relay: async ({ server, app, engine, isVisitorKept, keptRelay }, use, { file }) => {
    if (isVisitorKept && engine === 'chromium')
      return use(await keptRelay.get(JSON.stringify([file, app]), server.port))
    await using relay = await startRelay(server.port)
    await use(relay)
  },
  // The relay is closed after the tab: a page that is still open would report its end.
  tab: async ({ engine, chromium, others, relay, isVisitorKept }, use, info) => {
    if (engine === 'chromium') {
      await using tab = await openChromium(chromium, relay.origin, isVisitorKept)
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

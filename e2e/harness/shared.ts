// What the tests of one Playwright worker use one after the other: servers, browsers, a relay. All specs import it from here: if the
// next file's worker fixtures were declared elsewhere, Playwright would end the worker and start everything again.

import { test as base } from '@playwright/test'

import type { Browser, Engine } from '../engines/driver.ts'
import { startFirefox } from '../engines/firefox.ts'
import { startWebKit } from '../engines/webkit.ts'
import { type ChromiumPool, createChromiumPool } from './chromium-pool.ts'
import { createKeptRelay, type KeptRelay } from './servers/kept-relay.ts'
import { createServerPool, type ServerPool } from './servers/server-pool.ts'

type Shared = {
  readonly servers: ServerPool
  readonly chromium: ChromiumPool
  readonly keptRelay: KeptRelay
  readonly others: (engine: 'firefox' | 'webkit') => Promise<Browser | undefined>
}

const STARTS = { firefox: startFirefox, webkit: startWebKit }

export const test = base.extend<object, Shared>({
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
  keptRelay: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- as above
    async ({}, use) => {
      await using relay = createKeptRelay()
      await use(relay)
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
})

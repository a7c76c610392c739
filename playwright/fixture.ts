// Playwright's `test` with the fixture `shellCache`. Every test has its own network (network.ts): all browser contexts that Playwright
// makes for the test, also by `browser.newContext()`, use it.

import {
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  test as base,
  type TestType,
} from '@playwright/test'

import { type Network, startNetwork } from './network.ts'
import { type ShellCache, shellCacheWithin } from './shell-cache.ts'

/** What {@link test} has in addition to Playwright's own fixtures. */
export type ShellCacheFixtures = {
  /** The shell cache of the test's `page`, and the network between the browser and everything else. */
  readonly shellCache: ShellCache
}

type Internal = { readonly shellCacheNetwork: Network }

/**
 * Playwright's `test` with the fixture `shellCache`. The fixture uses the option `proxy`, unless the config sets one. `mergeTests` combines
 * it with a `test` of your own.
 */
export const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & ShellCacheFixtures,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions
> = base.extend<ShellCacheFixtures & Internal>({
  shellCacheNetwork: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names out of the pattern
    async ({}, use) => {
      await using network = await startNetwork()
      await use(network)
    },
    { box: true },
  ],
  // A proxy of the user's own wins. Then goOffline() says what it cannot do.
  proxy: ({ proxy, shellCacheNetwork: { server } }, use) => use(proxy ?? { server }),
  shellCache: async ({ page, shellCacheNetwork, serviceWorkers }, use) => {
    if (serviceWorkers === 'block')
      throw new Error(
        '[shell-cache] Playwright blocks service workers here, so no shell can be served. Remove `serviceWorkers: "block"` from `use`.',
      )
    await use(shellCacheWithin(shellCacheNetwork, page))
  },
})

// The option `preload` in browsers without static routes: the worker resumes by POST, and the browser sends no request in parallel.

import { PRELOAD_HEADER } from '../../../protocol/wire.ts'
import { until } from '../../engines/driver.ts'
import { expect, test } from '../../engines/fixtures.ts'
import { install } from '../../engines/page.ts'
import { prepare, untilWhole } from '../../engines/shop.ts'
import { serveWorker } from '../workers/own-worker.ts'
import type { Relay } from '../../harness/servers/relay.ts'

/** The server's requests for a page since then. */
function askedFor(relay: Relay, path: string, since: number): string[] {
  return relay.exchanges
    .slice(since)
    .filter(({ url, headers }) => url === path && !headers['rsc'])
    .map(({ method, headers }) => `${method} ${String(headers[PRELOAD_HEADER] ?? 'by the worker')}`)
}

test.use({ app: 'shop-preload' })
for (const engine of ['firefox', 'webkit'] as const) {
  test.describe(engine, { tag: `@${engine}` }, () => {
    test.use({ engine })

    test('asks by POST, once for each page', async ({ tab, relay }) => {
      await prepare(tab, relay, 'shop-preload')
      const since = relay.exchanges.length
      await tab.open(`${relay.origin}/cart`)
      await untilWhole(tab)
      expect(askedFor(relay, '/cart', since)).toEqual(['POST by the worker'])
    })

    test('turns off what Serwist has turned on', async ({ tab, relay }) => {
      await serveWorker(relay, 'shop-preload', 'e2e/workers/serwist-template.ts')
      await install(tab, relay, '/about')
      await until(
        tab,
        (isOn) => !isOn,
        async () => (await (await navigator.serviceWorker.ready).navigationPreload.getState()).enabled,
      )
      const since = relay.exchanges.length
      await tab.open(`${relay.origin}/cart`)
      await untilWhole(tab)
      expect(askedFor(relay, '/cart', since)).toEqual(['POST by the worker'])
    })
  })
}

// The option `preload` in browsers without static routes: the worker asks by POST, and the browser for nothing beside it.

import { expect, test } from './engines/fixtures.ts'
import { prepare, untilWhole } from './engines/shop.ts'

test.use({ app: 'shop-preload' })
for (const engine of ['firefox', 'webkit'] as const) {
  test.describe(engine, () => {
    test.use({ engine })

    test('asks by POST, once for each page', async ({ tab, relay }) => {
      await prepare(tab, relay, 'shop-preload')
      const before = relay.exchanges.length
      await tab.open(`${relay.origin}/cart`)
      await untilWhole(tab)
      const asked = relay.exchanges.slice(before).filter(({ url, headers }) => url === '/cart' && !headers['rsc'])
      expect(asked.map(({ method }) => method)).toEqual(['POST'])
      expect(asked[0]?.headers['service-worker-navigation-preload']).toBeUndefined()
    })
  })
}

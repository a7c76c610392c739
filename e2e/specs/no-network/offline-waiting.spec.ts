// The example with `experimental.useOffline`: Next's router retries what it could not fetch. The worker answers its prefetches and leaves
// everything else to the router.

import { until } from '../../engines/driver.ts'
import { expect, test } from '../../engines/fixtures.ts'
import { clickOn, expectQuiet, isPrefetched, prepare, readHeading, untilShown, untilWhole } from '../../engines/shop.ts'

test.use({ app: 'shop-waiting', engine: 'chromium' })

test('leaves the router to wait, in the same document, and comes back when it does', async ({ tab, relay }) => {
  await prepare(tab, relay, 'shop-waiting')
  await relay.down()
  await tab.open(`${relay.origin}/`)
  await untilShown(tab, '/', 2)
  await tab.run(() => Reflect.set(self, 'isOld', true))
  // The router prefetches the targets of visible links: a click before that waits for the network.
  await until(tab, Boolean, isPrefetched, '/cart')
  await until(tab, (isThere) => isThere, clickOn, '/cart')
  await until(tab, (shown) => shown === 'Your cart', readHeading)
  const before = relay.exchanges.length
  // Our own check also runs; the first of the two that gets a response ends the waiting.
  let isProbed = false
  relay.fault = ({ method }) => {
    if (method === 'HEAD') isProbed = true
    return isProbed ? undefined : 'reset'
  }
  await relay.up()
  await untilWhole(tab)
  expect(await tab.run(() => Reflect.get(self, 'isOld'))).toBe(true)
  const probes = relay.exchanges.slice(before).filter(({ method }) => method === 'HEAD')
  expect(probes.length, 'the router’s probes reach the server').toBeGreaterThan(0)
  await expectQuiet(tab)
})

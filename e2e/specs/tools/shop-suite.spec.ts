// The example's own tests, run in the app's folder as a user would, with the published package and its default transport.

import { expect, test } from '../../harness/fixtures.ts'

import { CHROMIUM } from '../../harness/browser.ts'
import { appFolder } from '../../harness/paths.ts'
import { runSuite } from './run-suite.ts'
import { freePort } from '../../harness/servers/free-port.ts'

test('passes the tests that the example has of its own', async () => {
  const port = await freePort()
  const env = {
    PORT: String(port),
    SHOP_DELAY_MS: '60',
    ...(CHROMIUM === undefined ? {} : { CHROME_PATH: CHROMIUM }),
  }
  const { failures, output } = await runSuite(appFolder('shop-preload'), env, ['--timeout=60000'])
  console.log(`${failures.size} tests of the example`)
  expect(
    [...failures].filter(([, failure]) => failure),
    output,
  ).toEqual([])
  expect(failures.size, output).toBeGreaterThan(5)
})

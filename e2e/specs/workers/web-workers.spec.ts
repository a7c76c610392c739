// Web workers of the app run at every visit, also in a browser that takes the build's files from the cache without our worker.

import { expect, install, test, visit } from '../../harness/fixtures.ts'

test.use({ isWholeBrowser: true, appName: 'rooted' })

test('runs an app’s web worker at the first visit, the second, after a reload and without a network', async ({
  page,
  relay,
  expected,
}) => {
  expected.push(/ERR_CONNECTION_REFUSED|Failed to fetch/)
  const said = page.getByTestId('said')
  await install(page, relay, '/crunch')
  await expect(said).toHaveText('the worker says 40')
  await visit(page, relay, '/crunch')
  await expect(said).toHaveText('the worker says 40')
  await page.reload()
  await expect(said).toHaveText('the worker says 40')
  await relay.down()
  expect((await visit(page, relay, '/crunch')).outcome).toBe('static')
  await expect(said).toHaveText('the worker says 40')
})

// Pages whose address is not all that decides what the browser shows, without a server: an intercepting route is for the router alone.

import { expect, expectHydrated, install, LOSS, test, visit } from '../../harness/fixtures.ts'
import { comparable, toTexts } from '../../harness/headers.ts'
import { ask } from '../../harness/raw.ts'

test.describe('where a route intercepts', () => {
  test.use({ appName: 'rooted' })

  test('starts the pages that it is for, and fills them when the server is back', async ({
    page,
    relay,
    server,
    expected,
  }) => {
    expected.push(LOSS, /#419/)
    await install(page, relay, '/gallery')
    for (const path of ['/gallery/photo/1', '/gallery', '/anything']) {
      const network = await ask(server.port, { path, method: 'GET' })
      const { response } = await visit(page, relay, path)
      expect(comparable(response.headers()), path).toEqual(comparable(toTexts(network.headers)))
    }
    await relay.down()
    await page.goto(`${relay.origin}/gallery/frame/2`)
    await expect(page.getByRole('heading')).toHaveText('2')
    await expectHydrated(page)
    await page.goto(`${relay.origin}/gallery/photo/2`)
    await expectHydrated(page)
    await relay.up()
    await expect(page.getByRole('heading')).toHaveText('2')
    await expect(page.locator('[data-skeleton]')).toHaveCount(0)
    await expect(page.getByTestId('counter'), 'the same document').toContainText('1')
  })
})

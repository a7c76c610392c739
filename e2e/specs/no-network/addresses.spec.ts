// Without a server: pages whose address alone does not decide what the browser shows. An intercepting route is only for the router, a
// path can be spelled in several ways, and some addresses can have no record.

import { expect, expectHydrated, install, LOSS, test, visit } from '../../harness/fixtures.ts'
import { comparable, toTexts } from '../../harness/headers.ts'
import { keptDigest } from '../../harness/in-page/stored.ts'
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
    for (const path of ['/gallery/photo/1', '/gallery/frame/1', '/gallery', '/anything']) {
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

test.describe('with another spelling', () => {
  test.use({ appName: 'plain' })

  test('starts a page whose shell shows its address', async ({ page, relay, expected }) => {
    expected.push(LOSS, /#419/)
    await install(page, relay, '/docs/')
    await expect.poll(() => keptDigest(page, '/spelled/a%2Bb')).toBeDefined()
    for (const path of ['/docs/spelled/a+b/?a#b', '/docs/spelled/a%2Bb/', '/docs/spelled/%61%2bb/']) {
      await relay.down()
      await page.goto(relay.origin + path)
      await expectHydrated(page)
      await relay.up()
      await expect(page.locator('[data-skeleton]')).toHaveCount(0)
      await expect(page.getByRole('heading')).toHaveText('/spelled/a%2Bb/')
      expect(decodeURIComponent(page.url())).toBe(decodeURIComponent(relay.origin + path))
    }
  })
})

test.describe('where no record can be', () => {
  test.use({ appName: 'shop-preload' })

  test('shows the offline page for an encoded slash, backslash or control character', async ({
    page,
    relay,
    expected,
  }) => {
    expected.push(LOSS, /status of 503/)
    await install(page, relay)
    await relay.down()
    for (const path of ['/products/a%2Fb', '/products/a%5Cb', '/products/a%01b', '/%2F', '/a%2Fb?c#d']) {
      await page.goto(relay.origin + path)
      await expect(page.getByRole('heading', { level: 1 }), path).toHaveText('Not without a network')
    }
  })
})

// The option `preload` in a real Chromium: the browser's own request asks for what the worker would request, and is the only one. All
// other tests of how pages are answered run without the option.

import type { Page } from '@playwright/test'

import { stopWorker } from '../../../playwright/stop-worker.ts'
import { expect, expectHydrated, install, LOSS, test, untilControlled, visit } from '../../harness/fixtures.ts'
import { appFolder } from '../../harness/paths.ts'
import type { Exchange, Relay } from '../../harness/servers/relay.ts'
import { startServer, warmUp } from '../../harness/servers/server.ts'
import { keptDigest, untilTold } from '../../harness/in-page/stored.ts'

test.use({ appName: 'shop-preload', isVisitorKept: true })

/** The requests for a page with the server's answers, without later requests for records. */
const asked = (relay: Relay, from: number): string[] => relay.exchanges.slice(from).filter(isForPage).map(say)

function isForPage({ headers, method }: Exchange): boolean {
  return headers['shell-cache-record'] === undefined && (method === 'POST' || headers['sec-fetch-mode'] === 'navigate')
}

function say({ method, url, answer }: Exchange): string {
  const verdict = String(answer['shell-cache-verdict'] ?? 'whole').split(';')[0]
  return `${method} ${url} ${verdict}`
}

test('asks once for each page, and gets the rest alone', async ({ page, relay }) => {
  await install(page, relay)
  for (const path of ['/', '/products/tide-lamp', '/products/ink-mug', '/products?sort=price', '/cart']) {
    const before = relay.exchanges.length
    expect((await visit(page, relay, path)).outcome, path).toBe('instant')
    expect(asked(relay, before)).toEqual([`GET ${path} resumed`])
    await expectHydratedWhereItCounts(page)
  }
})

async function expectHydratedWhereItCounts(page: Parameters<typeof expectHydrated>[0]): Promise<void> {
  if ((await page.getByTestId('counter').count()) > 0) await expectHydrated(page)
}

test('joins the stored shell and the preload’s bytes to the document that the server has', async ({ page, relay }) => {
  await install(page, relay)
  const before = relay.exchanges.length
  // The first visit to this address: no static stage is sent before the preload's bytes.
  const { response } = await visit(page, relay, '/products/tide-lamp?first')
  const [rest] = relay.exchanges.slice(before).filter(isForPage)
  const body = await response.body()
  expect(body.subarray(-(rest?.body.length ?? 0)).equals(rest?.body ?? Buffer.alloc(1))).toBe(true)
  expect(rest?.answer['cache-control']).toContain('no-store')
  expect(rest?.answer['vary']).toContain('service-worker-navigation-preload')
  expect(response.headers()['cache-control']).toBe('private, no-cache, no-store, max-age=0, must-revalidate')
})

test('asks once from a worker that has to start, and nothing beside it', async ({ page, relay }) => {
  await install(page, relay)
  await stopWorker(page)
  const before = relay.exchanges.length
  expect((await visit(page, relay, '/')).outcome).toBe('instant')
  expect(asked(relay, before)).toEqual(['GET / resumed'])
})

test('opens back and forward from the shell, and asks once', async ({ page, relay }) => {
  await install(page, relay)
  await visit(page, relay, '/products')
  const place = await page.evaluate(() => {
    scrollTo(0, document.body.scrollHeight)
    return scrollY
  })
  expect(place, 'the page is longer than the window').toBeGreaterThan(0)
  await visit(page, relay, '/cart')
  for (const [go, path] of [
    [() => page.goBack(), '/products'],
    [() => page.goForward(), '/cart'],
    [() => page.goBack(), '/products'],
  ] as const) {
    const before = relay.exchanges.length
    await go()
    await expect(page.locator('[data-skeleton]')).toHaveCount(0)
    expect(await outcomeOf(page), path).toBe('instant')
    expect(asked(relay, before)).toEqual([`GET ${path} resumed`])
  }
  await expect.poll(() => page.evaluate(() => scrollY), 'the browser restores where the visitor was').toBe(place)
})

/** The worker's outcome for the open document. */
const outcomeOf = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => {
    const [visited] = performance.getEntriesByType('navigation')
    const { serverTiming } = visited as PerformanceNavigationTiming
    return serverTiming.find(({ name }) => name === 'shell')?.description
  })

test('knows a whole document for current by its bytes, and asks for nothing behind it', async ({ page, relay }) => {
  await install(page, relay)
  const before = relay.exchanges.length
  expect((await visit(page, relay, '/about')).outcome).toBe('static')
  await visit(page, relay, '/')
  expect(asked(relay, before)).toEqual(['GET /about whole', 'GET / resumed'])
  const questions = relay.exchanges.slice(before).flatMap(({ headers }) => headers['shell-cache-record'] ?? [])
  // Requests that belong to the links of a page name segments, too.
  expect(questions.filter((question) => !question.includes('; segments='))).toEqual([])
})

test('continues from a whole document if the origin shortens nothing', async ({ page, relay }) => {
  await install(page, relay)
  relay.stripped.add('service-worker-navigation-preload')
  const before = relay.exchanges.length
  expect((await visit(page, relay, '/products/tide-lamp')).outcome).toBe('instant')
  expect(asked(relay, before)).toEqual(['GET /products/tide-lamp whole'])
  await expectHydrated(page)
})

test('asks once for what is the network’s: reloads, unknown pages, files, frames', async ({
  page,
  relay,
  expected,
}) => {
  expected.push(/status of 404/, /X-Frame-Options|Refused to display|frame-ancestors/)
  await install(page, relay)
  await visit(page, relay, '/')
  for (const [what, go, request] of [
    ['a reload', () => page.reload(), 'GET / whole'],
    ['an unknown page', () => page.goto(`${relay.origin}/no-such-page`), 'GET /no-such-page whole'],
    ['a file', () => page.goto(`${relay.origin}/harbour.jpg`), 'GET /harbour.jpg whole'],
  ] as const) {
    const before = relay.exchanges.length
    await go()
    expect(asked(relay, before), what).toEqual([request])
  }
  await visit(page, relay, '/about')
  const before = relay.exchanges.length
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const frame = document.createElement('iframe')
        frame.src = '/cart'
        frame.addEventListener('load', resolve)
        document.body.append(frame)
      }),
  )
  expect(asked(relay, before)).toEqual(['GET /cart whole'])
})

/** For a path that the build knew, Next itself would show the built content (a trap of Next 16.4.6, decisions/006). */
const PATH = '/products/ink-mug'

test.describe(() => {
  test.use({ isVisitorKept: false })

  test('shows a visitor’s own write, and shells again after it', async ({ page, relay }) => {
    await install(page, relay)
    await visit(page, relay, PATH)
    await page.getByLabel('Your name').fill('Ann')
    await page.getByLabel('Your words').fill('Bright')
    await page.getByRole('button', { name: 'Send' }).click()
    await expect(page.getByTestId('reviews')).toContainText('Bright')
    const before = relay.exchanges.length
    await visit(page, relay, PATH)
    await expect(page.getByTestId('reviews')).toContainText('Bright')
    expect(asked(relay, before)).toEqual([`GET ${PATH} whole`])
    await expect
      .poll(async () => {
        const from = relay.exchanges.length
        const { outcome } = await visit(page, relay, PATH)
        return [outcome, ...asked(relay, from)]
      })
      .toEqual(['instant', `GET ${PATH} resumed`])
    await expect(page.getByTestId('reviews')).toContainText('Bright')
  })
})

test('works without a network as without the option', async ({ page, relay, expected }) => {
  expected.push(LOSS, /React error #419/)
  await install(page, relay)
  await relay.down()
  await page.goto(`${relay.origin}/`)
  await expect(page.getByTestId('shell-status')).toHaveAttribute('data-offline', 'true')
  await relay.up()
  await expect(page.locator('[data-skeleton]')).toHaveCount(0)
  await expectHydrated(page)
})

test.describe('of a page behind a guard', () => {
  test.use({ appName: 'proxied-preload' })

  test('shows it with the headers of the one answer, and leaves the guard’s own to the browser', async ({
    page,
    profile,
    relay,
  }) => {
    await install(page, relay)
    await profile.addCookies([{ name: 'session', value: 'ann', url: relay.origin }])
    expect((await visit(page, relay, '/account')).outcome).toBeUndefined()
    await untilTold(page, '/account')
    let before = relay.exchanges.length
    const { outcome, response } = await visit(page, relay, '/account')
    expect([outcome, ...asked(relay, before)]).toEqual(['gated', 'GET /account resumed'])
    expect(response.headers()['x-greeting']).toBe('hello ann')
    await expectHydrated(page)
    await profile.clearCookies()
    before = relay.exchanges.length
    await page.goto(`${relay.origin}/account`)
    expect(page.url()).toBe(`${relay.origin}/login?from=/account`)
    expect(asked(relay, before)).toEqual(['GET /account whole', 'GET /login?from=/account resumed'])
    await expect.poll(() => keptDigest(page, '/account'), 'nothing is kept for whom it turned away').toBeUndefined()
  })
})

test.describe(() => {
  test.use({ isVisitorKept: false })

  test('goes on over a deploy and a rollback', async ({ page, relay, server, expected }) => {
    expected.push(LOSS, /React error #412|status of 404/)
    await install(page, relay)
    const old = await untilControlled(page)
    await using next = await startServer(appFolder('shop-next'))
    await warmUp(next, '/products/tide-lamp')
    // The deploy ends before the browser checks for its worker.
    relay.route = ({ url }) => (url === '/sw.js' ? server.port : undefined)
    relay.turnTo(next.port)
    await page.goto(`${relay.origin}/products/tide-lamp`, { waitUntil: 'commit' })
    await expect(page.getByTestId('price')).toHaveText('£89.00')
    relay.turnTo(server.port)
    expect((await untilControlled(page)).buildId).toBe(old.buildId)
    await visit(page, relay, '/')
    const before = relay.exchanges.length
    expect((await visit(page, relay, '/')).outcome).toBe('instant')
    expect(asked(relay, before)).toEqual(['GET / resumed'])
  })
})

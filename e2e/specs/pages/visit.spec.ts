// What a visitor sees: the first visit comes from the network, every later one from this browser's shells, with the changing parts
// streamed in after them. Only a real browser shows that the assembled page hydrates.

import { stopWorker } from '../../../playwright/stop-worker.ts'
import { expect, expectHydrated, install, pageRequests, test, untilControlled, visit } from '../../harness/fixtures.ts'

test.use({ isWholeBrowser: true, isVisitorKept: true })

test.describe(() => {
  test.use({ isVisitorKept: false })

  test('serves the first visit from the network and installs after it', async ({ page, relay }) => {
    const { response, outcome } = await visit(page, relay, '/')
    expect(outcome).toBeUndefined()
    expect(response.fromServiceWorker()).toBe(false)
    await expectHydrated(page)
    expect((await untilControlled(page)).records).toBe(10)
  })
})

for (const [path, title] of [
  ['/', 'Made to last, there at once'],
  ['/products/tide-lamp', 'Tide Lamp'],
  ['/products/ink-mug', 'Ink Mug'],
  ['/products', 'Products'],
  ['/cart', 'Your cart'],
] as const) {
  test(`opens ${path} from its shell with one request, the resume`, async ({ page, relay }) => {
    await install(page, relay)
    const before = pageRequests(relay).length
    const { outcome, response } = await visit(page, relay, path)
    expect(outcome).toBe('instant')
    expect(response.status()).toBe(200)
    expect(pageRequests(relay).slice(before)).toEqual([`POST ${path}`])
    const resume = relay.exchanges.findLast(({ headers }) => headers['shell-cache-resume'] !== undefined)
    expect(resume?.answer['shell-cache-verdict']).toMatch(/^resumed; /)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
  })
}

test('hydrates pages that came from shells, concrete and fallback', async ({ page, relay }) => {
  await install(page, relay)
  for (const path of ['/', '/products/tide-lamp', '/products/rain-coat']) {
    await visit(page, relay, path)
    await expectHydrated(page)
  }
})

test('opens a fully static page without a request that it waits for', async ({ page, relay }) => {
  await install(page, relay)
  const before = pageRequests(relay).length
  const { outcome } = await visit(page, relay, '/about')
  expect(outcome).toBe('static')
  expect(pageRequests(relay).slice(before)).toEqual([])
  await expectHydrated(page)
})

test('leaves what it does not know to the network', async ({ page, relay, expected }) => {
  expected.push(/status of 404/)
  await install(page, relay)
  const response = await page.goto(`${relay.origin}/no-such-page`)
  expect(response?.status()).toBe(404)
  expect(response?.headers()['server-timing'] ?? '').not.toContain('shell')
})

test('leaves a reload to the network', async ({ page, relay }) => {
  await install(page, relay)
  await visit(page, relay, '/')
  const before = pageRequests(relay).length
  await page.reload()
  expect(pageRequests(relay).slice(before)).toEqual(['GET /'])
})

test('answers a cold worker without a request of the browser beside it', async ({ page, relay }) => {
  await install(page, relay)
  await stopWorker(page)
  const before = pageRequests(relay).length
  expect((await visit(page, relay, '/')).outcome).toBe('instant')
  expect(pageRequests(relay).slice(before)).toEqual(['POST /'])
})

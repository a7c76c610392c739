// The bytes and headers of an assembled response, against what the network sends for the same URL (design.md, invariants 1
// and 7).

import { expect, install, test, visit } from './fixtures.ts'
import { comparable, SECURITY_HEADERS } from './headers.ts'
import { keptRecords } from './stored.ts'

for (const [path, key] of [
  ['/', '/'],
  ['/products/wool-throw', '/products/wool-throw'],
  ['/products/cork-board', '/products/[slug]'],
  ['/cart', '/cart'],
] as const) {
  test(`sends the stored shell of ${path} and then the origin’s bytes, and nothing else`, async ({ page, relay }) => {
    await install(page, relay)
    const { response, outcome } = await visit(page, relay, path)
    expect(outcome).toBe('instant')
    const shell = (await keptRecords(page)).find((record) => record.key === key)?.shell ?? Buffer.alloc(0)
    const resumed = relay.exchanges.findLast((exchange) => exchange.method === 'POST' && exchange.url === path)?.body
    expect(resumed?.length).toBeGreaterThan(0)
    const sent = await response.body()
    expect(sent.equals(Buffer.concat([shell, resumed ?? Buffer.alloc(0)]))).toBe(true)
  })
}

const FALLBACK_PATH = '/products/rain-coat'

for (const path of ['/', '/products/oak-stool', FALLBACK_PATH, '/products', '/cart', '/about']) {
  test(`sends ${path} with the headers that the network sends`, async ({ page, relay }) => {
    const network = await page.goto(relay.origin + path)
    await install(page, relay)
    const { response, outcome } = await visit(page, relay, path)
    expect(outcome).toBeDefined()
    const headers = comparable(response.headers())
    const expected = comparable(network?.headers() ?? {})
    // Next sends these two with a path only after it has upgraded the path's fallback shell to one of its own.
    if (path === FALLBACK_PATH) for (const name of ['link', 'x-nextjs-prerender']) delete expected[name]
    expect(headers).toEqual(expected)
    for (const name of SECURITY_HEADERS) expect(headers[name], name).toBeDefined()
    expect(headers['x-shop-section']).toBe(path.startsWith('/products/') ? 'product' : undefined)
  })
}

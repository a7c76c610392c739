// The bytes and headers of an assembled response, against what the network sends for the same URL (design.md, invariants 1
// and 7).

import type { Page } from '@playwright/test'

import { expect, install, test, visit } from './fixtures.ts'

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
    const shell = await storedShell(page, key)
    const resumed = relay.exchanges.findLast((exchange) => exchange.method === 'POST' && exchange.url === path)?.body
    expect(resumed?.length).toBeGreaterThan(0)
    const sent = await response.body()
    expect(sent.equals(Buffer.concat([shell, resumed ?? Buffer.alloc(0)]))).toBe(true)
  })
}

/** Of the transport, of the cache between Next and the network, or of the worker's own. */
const NOT_COMPARED = [
  'connection',
  'content-encoding',
  'content-length',
  'date',
  'etag',
  'keep-alive',
  'server-timing',
  'transfer-encoding',
  'x-nextjs-cache',
]

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
    for (const name of [
      'content-security-policy',
      'strict-transport-security',
      'x-frame-options',
      'cross-origin-opener-policy',
    ]) {
      expect(headers[name], name).toBeDefined()
    }
    expect(headers['x-shop-section']).toBe(path.startsWith('/products/') ? 'product' : undefined)
  })
}

function comparable(headers: Record<string, string>): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => !NOT_COMPARED.includes(name))
  // The server's compression adds itself to what the answer varies on; Next 16.4.6 says twice that a static page is one.
  const plain = (value: string): string => value.replace(', Accept-Encoding', '').replace(/^1, 1$/, '1')
  return Object.fromEntries(kept.map(([name, value]) => [name, plain(value)]))
}

async function storedShell(page: Page, key: string): Promise<Buffer> {
  const bytes = await page.evaluate(async (wanted) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('next-shell-cache')
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error)
    })
    const records = await new Promise<{ key: string; shell: Uint8Array }[]>((resolve) => {
      const reading = database.transaction('records').objectStore('records').getAll()
      reading.onsuccess = () => resolve(reading.result)
    })
    database.close()
    return [...(records.find((record) => record.key === wanted)?.shell ?? [])]
  }, key)
  return Buffer.from(bytes)
}

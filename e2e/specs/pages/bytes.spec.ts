// Compares the bytes and headers of an assembled response with the network's for the same URL (docs/architecture.md, invariants 1 and 7).

import { expect, install, test, visit } from '../../harness/fixtures.ts'
import { comparable, SECURITY_HEADERS, toTexts } from '../../harness/headers.ts'
import { keptRecords } from '../../harness/in-page/stored.ts'
import { ask } from '../../harness/raw.ts'
import { withoutWatch } from '../../harness/watch-tag.ts'

test.use({ isVisitorKept: true })

for (const [path, key] of [
  ['/', '/'],
  ['/products/wool-throw', '/products/wool-throw'],
  ['/products/cork-board', '/products/[slug]'],
  ['/cart', '/cart'],
] as const) {
  test(`sends the stored shell of ${path} and then the origin’s bytes, and nothing else`, async ({ page, relay }) => {
    await install(page, relay)
    // Read before the visit: its verdict may bring a newer record, which was not the one that was sent.
    const shell = (await keptRecords(page)).find((record) => record.key === key)?.shell ?? Buffer.alloc(0)
    const { response, outcome } = await visit(page, relay, path)
    expect(outcome).toBe('instant')
    const sent = withoutWatch(await response.body())
    // The path's own record is requested after the visit, also by POST.
    const resumes = relay.exchanges.filter(
      ({ method, url, headers }) => method === 'POST' && url === path && headers['shell-cache-record'] === undefined,
    )
    expect(resumes.map(({ status }) => status)).toEqual([200])
    const resumed = resumes[0]?.body ?? Buffer.alloc(0)
    expect(shell.length * resumed.length).toBeGreaterThan(0)
    expect(sent.subarray(0, shell.length).equals(shell), 'the shell').toBe(true)
    expect(sent.subarray(shell.length).toString(), 'the rest').toBe(resumed.toString())
  })
}

const FALLBACK_PATH = '/products/rain-coat'

for (const path of ['/', '/products/oak-stool', FALLBACK_PATH, '/products', '/cart', '/about']) {
  test(`sends ${path} with the headers that the network sends`, async ({ page, relay, server }) => {
    const network = await ask(server.port, { path, method: 'GET' })
    await install(page, relay)
    const { response, outcome } = await visit(page, relay, path)
    expect(outcome).toBeDefined()
    const headers = comparable(response.headers())
    const expected = comparable(toTexts(network.headers))
    // Next sends these two with a path only after it has upgraded the path's fallback shell to one of its own.
    if (path === FALLBACK_PATH) for (const name of ['link', 'x-nextjs-prerender']) delete expected[name]
    expect(headers).toEqual(expected)
    for (const name of SECURITY_HEADERS) expect(headers[name], name).toBeDefined()
    expect(headers['x-shop-section']).toBe(path.startsWith('/products/') ? 'product' : undefined)
  })
}

// Breaks things on purpose: whatever fails, the visitor gets the page, with at most one extra navigation and never a blank page.

import { SCHEMA_VERSION } from '../../../sw/store/schema.ts'
import {
  expect,
  expectHydrated,
  install,
  LOSS,
  pageRequests,
  test,
  untilControlled,
  visit,
} from '../../harness/fixtures.ts'
import { appFolder } from '../../harness/paths.ts'
import { startServer } from '../../harness/servers/server.ts'
import { withoutWatch } from '../../harness/watch-tag.ts'
import { bendShells, makeEmptyDatabase } from '../../harness/in-page/store-faults.ts'

const MANIFEST = /\/shell-cache\/manifest\./
const RECORD = /\/shell-cache\/record\.[\w-]{43}\.txt$/

test('serves the network page when the database cannot be opened', async ({ page, relay }) => {
  await install(page, relay)
  // The page holds a newer version of the database open, so the worker's version is refused.
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('next-shell-cache:/', 99)
        opening.onsuccess = () => resolve()
        opening.onerror = () => reject(opening.error)
      }),
  )
  const { outcome } = await visit(page, relay, '/')
  expect(outcome).toBeUndefined()
  expect(pageRequests(relay).at(-1)).toBe('GET /')
  await expectHydrated(page)
})

test('serves the network page when the database has no table', async ({ page, relay, expected }) => {
  expected.push(/\[shell-cache\] Nothing was installed.*lacks a table/, /favicon|status of 404/)
  await page.goto(`${relay.origin}/icon.svg`)
  await page.evaluate(makeEmptyDatabase, SCHEMA_VERSION)
  await install(page, relay)
  expect((await visit(page, relay, '/')).outcome).toBeUndefined()
  await expectHydrated(page)
})

test('serves the network page when a stored shell was altered', async ({ page, relay }) => {
  await install(page, relay)
  await page.evaluate(bendShells)
  expect((await visit(page, relay, '/')).outcome).toBeUndefined()
  await expectHydrated(page)
  await expect.poll(async () => (await visit(page, relay, '/')).outcome, 'a whole one is in its place').toBe('instant')
})

for (const [name, fault] of [
  ['is missing', { status: 404 }],
  ['has an unknown version', { status: 200, body: '{"version":99,"buildId":"x","entries":[],"assets":[]}' }],
  ['does not parse', { status: 200, body: '<html>' }],
] as const) {
  test(`installs nothing and says so once when the manifest ${name}`, async ({ page, profile, relay, expected }) => {
    expected.push(/Failed to load resource.*404/, /\[shell-cache\] Nothing was installed/)
    const said: string[] = []
    profile.on('console', (message) => message.text().startsWith('[shell-cache]') && said.push(message.text()))
    relay.fault = ({ url = '' }) => (MANIFEST.test(url) ? fault : undefined)
    await page.goto(`${relay.origin}/`)
    expect((await untilControlled(page)).records).toBe(0)
    expect((await visit(page, relay, '/')).outcome).toBeUndefined()
    await expectHydrated(page)
    expect(said, said.join('\n')).toHaveLength(1)
  })
}

test('leaves out one record whose file is missing and keeps the others', async ({ page, relay, expected }) => {
  expected.push(/Failed to load resource.*404/, /\[shell-cache\] 1 shells were left out/)
  let refused = ''
  relay.fault = ({ url = '' }) => {
    if (refused === '' && RECORD.test(url)) refused = url
    return url === refused ? { status: 404 } : undefined
  }
  await page.goto(`${relay.origin}/`)
  expect((await untilControlled(page)).records).toBe(9)
})

test('leaves out the records whose font is missing and installs all the same', async ({ page, relay, expected }) => {
  expected.push(/status of 404/, /\[shell-cache\] 10 shells were left out/)
  relay.fault = ({ url = '' }) => (url.endsWith('.woff2') ? { status: 404 } : undefined)
  await page.goto(`${relay.origin}/`)
  expect((await untilControlled(page)).records).toBe(0)
  expect((await visit(page, relay, '/')).outcome).toBeUndefined()
  await expectHydrated(page)
})

test('splices the document behind the shell when the origin is not ours', async ({ page, relay }) => {
  await install(page, relay)
  relay.stripped.add('shell-cache-resume')
  const before = pageRequests(relay).length
  const { outcome, response } = await visit(page, relay, '/products/tide-lamp')
  expect(outcome).toBe('instant')
  expect(pageRequests(relay).slice(before)).toEqual(['POST /products/tide-lamp', 'GET /products/tide-lamp'])
  const document = relay.exchanges.findLast(
    ({ method, url }) => method === 'GET' && url === '/products/tide-lamp',
  )?.body
  const sent = withoutWatch(await response.body())
  expect(sent.equals(document ?? Buffer.alloc(0)), 'the very bytes of the document').toBe(true)
  await expectHydrated(page)
})

test('carries the sealed state when the origin does not know the digest', async ({ page, relay }) => {
  await install(page, relay)
  relay.fault = ({ method, headers }) =>
    method === 'POST' && headers['content-length'] === '0'
      ? { status: 409, headers: { 'shell-cache-verdict': 'refused; reason=unknown' } }
      : undefined
  const before = pageRequests(relay).length
  const { outcome } = await visit(page, relay, '/products/tide-lamp')
  expect(outcome).toBe('instant')
  expect(pageRequests(relay).slice(before)).toEqual(['POST /products/tide-lamp', 'POST /products/tide-lamp'])
  await expectHydrated(page)
})

test('reloads once when the resume breaks half way', async ({ page, relay, expected }) => {
  // Before the reload, the browser reports a script that was cut, and React a payload that ended early.
  expected.push(/^(Invalid or unexpected token|Unexpected |Unterminated |missing )/, /Minified React error #412/)
  await install(page, relay)
  relay.cut = ({ method }) => (method === 'POST' ? { after: 3000, by: 'reset' } : undefined)
  const before = pageRequests(relay).length
  await page.goto(`${relay.origin}/products/tide-lamp`, { waitUntil: 'commit' })
  await expect(page.getByTestId('price')).toHaveText('£89.00')
  await expectHydrated(page)
  // The first GET is the worker's: it checks whether a reload would find a page.
  expect(pageRequests(relay).slice(before)).toEqual([
    'POST /products/tide-lamp',
    'GET /products/tide-lamp',
    'GET /products/tide-lamp',
  ])
})

test('shows the shell and stays when the network is gone', async ({ page, relay, expected }) => {
  expected.push(/ERR_CONNECTION_REFUSED|Failed to load resource|Minified React error #419/)
  await install(page, relay)
  await relay.down()
  await page.goto(`${relay.origin}/`, { waitUntil: 'commit' })
  await expect(page.getByTestId('hero')).toBeVisible()
  // The page does not load endlessly, although no rest is available.
  await page.waitForLoadState('domcontentloaded')
  expect(await page.goto(`${relay.origin}/about`).then((response) => response?.status())).toBe(200)
  await expectHydrated(page)
})

test.describe('with a server of its own', () => {
  test.use({ isServerOwn: true })

  test('opens whole pages from a server that was started anew', async ({ page, relay, server, expected }) => {
    expected.push(LOSS)
    await install(page, relay)
    await server.kill()
    await using again = await startServer(appFolder('shop'))
    relay.turnTo(again.port)
    const { outcome } = await visit(page, relay, '/')
    expect(outcome).toBe('instant')
    await expectHydrated(page)
  })
})

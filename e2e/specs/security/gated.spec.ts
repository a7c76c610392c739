// Pages that a guard of the app protects: nothing of them is shown, stored or sent before the app itself has let this visitor through
// (docs/architecture.md, mode `gated`; e2e/fault-matrix/fault-index.ts F12, F28 to F30).

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { BrowserContext, Page } from '@playwright/test'

import { decodeRecord } from '../../../protocol/record/record-codec.ts'
import { filesBelow } from '../../harness/builds/build-app.ts'
import { expect, expectHydrated, install, pageRequests, test, visit } from '../../harness/fixtures.ts'
import { comparable, SECURITY_HEADERS } from '../../harness/headers.ts'
import { appFolder } from '../../harness/paths.ts'
import type { Relay } from '../../harness/servers/relay.ts'
import { keptDigest, keptRecords, untilReplaced } from '../../harness/in-page/stored.ts'

const NEXT = join(appFolder('proxied'), '.next')

test.use({ appName: 'proxied' })

const sayCookie = (profile: BrowserContext, relay: Relay, name: string, value: string): Promise<void> =>
  profile.addCookies([{ name, value, url: relay.origin }])

/** Visits a page from the network, and waits until this browser has a record for it. */
async function learn(page: Page, relay: Relay, path: string, key = path): Promise<void> {
  expect((await visit(page, relay, path)).outcome, 'the first visit is the network’s').toBeUndefined()
  await expect.poll(() => keptDigest(page, key)).toBeDefined()
}

test('says in the build’s table why a page is gated', async () => {
  const log = await readFile(join(appFolder('proxied'), 'build.log'), 'utf8')
  expect(log).toMatch(/^\/account +gated +a proxy can match it/m)
  expect(log).toMatch(/^\/team\/\[slug\] +gated +a proxy can match it/m)
  expect(log).toMatch(/^\/moved +gated +a redirect can match it/m)
  expect(log).toMatch(/^\/rewritten +gated +a rewrite can match it/m)
  expect(log).toMatch(/^\/conditional +gated +a rule of headers\(\) depends on the request/m)
  expect(log).toMatch(/^\/p\/\[slug\] +gated +a rule of headers\(\) repeats a part of the path/m)
  expect(log).toMatch(/^\/vouched +instant +an option says so, though a proxy can match it/m)
  expect(log).toMatch(/^\/p\/a +instant/m)
  expect(log).toMatch(/^\/open +instant/m)
})

test('publishes no gated record', async () => {
  const published = [...(await filesBelow(join(NEXT, 'static', 'shell-cache')))].flatMap(([name, content]) => {
    const decoded = name.endsWith('.txt') ? decodeRecord(new Uint8Array(content)) : undefined
    return decoded?.ok ? [decoded.record.key] : []
  })
  expect(published.sort()).toEqual([
    '/',
    '/ab/a',
    '/ab/b',
    '/canary',
    '/listed/one',
    '/login',
    '/open',
    '/p/a',
    '/seen/instant',
    '/seen/static',
    '/site/[lang]/p/[id]',
    '/site/de',
    '/site/en',
    '/site/en/p/[id]',
    '/site/en/p/a',
    '/vouched',
  ])
})

test('sends a stranger to the login, before and after somebody was here', async ({ page, profile, relay }) => {
  await install(page, relay)
  await page.goto(`${relay.origin}/account`)
  expect(page.url()).toBe(`${relay.origin}/login?from=/account`)
  expect(await keptDigest(page, '/account'), 'nothing was learnt').toBeUndefined()
  await sayCookie(profile, relay, 'session', 'ann')
  await learn(page, relay, '/account')
  await profile.clearCookies()
  const before = pageRequests(relay).length
  await page.goto(`${relay.origin}/account`)
  expect(page.url()).toBe(`${relay.origin}/login?from=/account`)
  expect(pageRequests(relay).slice(before)).toEqual(['POST /account', 'POST /login?from=/account'])
  expect((await profile.cookies()).find(({ name }) => name === 'from')?.value).toBe('%2Faccount')
})

test('shows a member the shell behind the verdict, with the network’s headers and cookies', async ({
  page,
  profile,
  relay,
}) => {
  await install(page, relay)
  await sayCookie(profile, relay, 'session', 'ann')
  const network = await page.goto(`${relay.origin}/account`)
  await expect.poll(() => keptDigest(page, '/account')).toBeDefined()
  await profile.clearCookies({ name: 'seen' })
  const before = pageRequests(relay).length
  const { response, outcome } = await visit(page, relay, '/account')
  expect(outcome).toBe('gated')
  expect(pageRequests(relay).slice(before)).toEqual(['POST /account'])
  await expect(page.locator('[data-hole=member]')).toHaveText('ann')
  await expectHydrated(page)
  const headers = comparable(response.headers())
  expect(headers).toEqual(comparable(network?.headers() ?? {}))
  for (const name of SECURITY_HEADERS) expect(headers[name], name).toBeDefined()
  expect(headers['x-greeting']).toBe('hello ann')
  expect((await profile.cookies()).find(({ name }) => name === 'seen')?.value).toBe('yes')
})

test('sends the stored shell and then the origin’s bytes, and nothing else', async ({ page, profile, relay }) => {
  await install(page, relay)
  await sayCookie(profile, relay, 'session', 'ann')
  await learn(page, relay, '/team/red', '/team/[slug]')
  const { response, outcome } = await visit(page, relay, '/team/blue')
  expect(outcome).toBe('gated')
  await expect(page.getByRole('heading')).toHaveText('blue')
  const shell = (await keptRecords(page)).find(({ key }) => key === '/team/[slug]')?.shell ?? Buffer.alloc(0)
  const resumed = relay.exchanges.findLast(({ method }) => method === 'POST')?.body ?? Buffer.alloc(0)
  expect(shell.length * resumed.length).toBeGreaterThan(0)
  expect((await response.body()).equals(Buffer.concat([shell, resumed]))).toBe(true)
})

test('shows a page without holes from the store, once the proxy has said next', async ({ page, profile, relay }) => {
  await install(page, relay)
  await sayCookie(profile, relay, 'session', 'ann')
  await learn(page, relay, '/terms')
  const { outcome } = await visit(page, relay, '/terms')
  expect(outcome).toBe('gated')
  expect(relay.exchanges.findLast(({ method }) => method === 'POST')?.body).toHaveLength(0)
  await expect(page.getByRole('heading')).toHaveText('terms')
  await expectHydrated(page)
})

test('leaves what the proxy answers itself to the network', async ({ page, profile, relay, expected }) => {
  expected.push(/status of (403|500)/)
  await install(page, relay)
  await sayCookie(profile, relay, 'session', 'ann')
  await learn(page, relay, '/account')
  for (const [session, status, text] of [
    ['banned', 403, 'You are banned.'],
    ['broken', 500, 'Internal Server Error'],
  ] as const) {
    await sayCookie(profile, relay, 'session', session)
    const response = await page.goto(`${relay.origin}/account`)
    expect(response?.status()).toBe(status)
    expect(await response?.text()).toContain(text)
    expect(response?.headers()['server-timing']).toBeUndefined()
  }
})

test('shows nothing of a gated page without a network', async ({ page, profile, relay, expected }) => {
  expected.push(/ERR_CONNECTION_REFUSED|status of 503/)
  await install(page, relay)
  await sayCookie(profile, relay, 'session', 'ann')
  await learn(page, relay, '/account')
  await relay.down()
  expect((await page.goto(`${relay.origin}/account`))?.status()).toBe(503)
  await expect(page.getByRole('heading')).toHaveText('You are offline')
  await relay.up()
})

for (const [path, cookie, first, second] of [
  ['/ab', 'variant', 'variant a', 'variant b'],
  ['/rewritten', 'stay', 'open', 'rewritten'],
] as const) {
  test(`follows ${path} where a rewrite leads each visitor`, async ({ page, profile, relay }) => {
    await install(page, relay)
    await learn(page, relay, path)
    expect((await visit(page, relay, path)).outcome).toBe('gated')
    await expect(page.getByRole('heading')).toHaveText(first)
    const digest = await keptDigest(page, path)
    await sayCookie(profile, relay, cookie, 'b')
    expect((await visit(page, relay, path)).outcome, 'the other page is the network’s').toBeUndefined()
    await expect(page.getByRole('heading')).toHaveText(second)
    await untilReplaced(page, path, digest)
    expect((await visit(page, relay, path)).outcome).toBe('gated')
    await expect(page.getByRole('heading')).toHaveText(second)
    await expectHydrated(page)
  })
}

test('follows redirects and headers on a condition', async ({ page, profile, relay }) => {
  await install(page, relay)
  await learn(page, relay, '/sometimes')
  await learn(page, relay, '/conditional')
  expect((await visit(page, relay, '/sometimes')).outcome).toBe('gated')
  expect((await visit(page, relay, '/conditional')).response.headers()['x-a']).toBeUndefined()
  await sayCookie(profile, relay, 'away', '1')
  await sayCookie(profile, relay, 'a', '1')
  await page.goto(`${relay.origin}/sometimes`)
  expect(new URL(page.url()).pathname).toBe('/login')
  const { response, outcome } = await visit(page, relay, '/conditional')
  expect([outcome, response.headers()['x-a']]).toEqual(['gated', '1'])
  await page.goto(`${relay.origin}/moved`)
  expect(new URL(page.url()).pathname).toBe('/')
  await learn(page, relay, '/p/x', '/p/[slug]')
  expect((await visit(page, relay, '/p/y')).response.headers()['x-slug']).toBe('y')
})

test('hands no record past the proxy, no matter who asks', async ({ relay }) => {
  const { buildId } = JSON.parse(await readFile(join(NEXT, 'server', 'shell-cache', 'origin.json'), 'utf8'))
  const ask = (path: string, cookie: string): Promise<globalThis.Response> =>
    fetch(relay.origin + path, { method: 'POST', headers: { 'shell-cache-record': buildId, cookie } })
  for (const [path, cookie, reason] of [
    ['/account', '', 'route'],
    ['/ACCOUNT', '', 'absent'],
    ['/%61ccount', '', 'route'],
    ['/account?nxtPslug=x', '', 'route'],
    ['/account', 'session=banned', 'route'],
    ['/account', 'session=broken', 'failed'],
  ] as const) {
    const response = await ask(path, cookie)
    expect(response.headers.get('shell-cache-verdict'), path).toBe(`refused; reason=${reason}`)
    expect(await response.text(), path).toBe('')
  }
  const handed = await ask('/account', 'session=ann')
  expect(handed.headers.get('shell-cache-verdict')).toMatch(/^recorded; /)
  expect(Buffer.from(await handed.arrayBuffer()).toString('latin1')).toContain('account')
})

test('shows a page that an option vouches for at once, and turns back if the proxy says so', async ({
  page,
  profile,
  relay,
}) => {
  await install(page, relay)
  await sayCookie(profile, relay, 'session', 'ann')
  expect((await visit(page, relay, '/vouched')).outcome).toBe('instant')
  await profile.clearCookies()
  await page.goto(`${relay.origin}/vouched`)
  await page.waitForURL('**/login?from=/vouched')
})

// A site whose dynamic routes are at the root: every URL looks like a page, including those of this package and of the app's own rules.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { verdictsSince } from '../../harness/builds/as-preload.ts'
import { expect, expectHydrated, install, LOSS, test, visit } from '../../harness/fixtures.ts'
import { readStage } from '../../harness/in-page/stages.ts'
import { keptDigest, untilTold } from '../../harness/in-page/stored.ts'
import { comparable, toTexts } from '../../harness/headers.ts'
import { appFolder } from '../../harness/paths.ts'
import { ask } from '../../harness/raw.ts'
import { deferred } from '../../../sw/util/async.ts'

test.use({ appName: 'rooted', isVisitorKept: true })

const NOT_FOUND = '<!doctype html><html><body><h2>This page could not be found.</h2></body></html>'

for (const [path, heading] of [
  ['/anything', 'anything'],
  ['/any/thing', 'any'],
] as const) {
  test(`opens ${path} from the shell of a pattern at the root`, async ({ page, relay }) => {
    await install(page, relay)
    const since = relay.exchanges.length
    expect((await visit(page, relay, path)).outcome).toBe('instant')
    expect(verdictsSince(relay, since)).toEqual(['GET resumed'])
    await expect(page.getByRole('heading')).toHaveText(heading)
    await expectHydrated(page)
  })
}

test('has the headers of the network’s page on a page from such a shell', async ({ page, relay, server }) => {
  const network = await ask(server.port, { path: '/anything', method: 'GET' })
  await install(page, relay)
  const { response, outcome } = await visit(page, relay, '/anything')
  expect(outcome).toBe('instant')
  expect(comparable(response.headers())).toEqual(comparable(toTexts(network.headers)))
})

test('answers its own URLs itself', async ({ page, relay }) => {
  await install(page, relay)
  const inspector = await page.goto(`${relay.origin}/_shell-cache/inspector`)
  expect(inspector?.headers()['server-timing'] ?? '').not.toContain('shell')
  await expect(page).toHaveTitle(/shell cache/i)
  const worker = await page.goto(`${relay.origin}/sw.js`)
  expect(worker?.headers()['content-type']).toContain('javascript')
})

for (const [path, heading, end] of [
  ['/old-post', 'new-post', '/new-post'],
  ['/Old-Post', 'new-post', '/new-post'],
  ['/archive/2020', '2020', '/2020'],
] as const) {
  test(`leaves to the app’s own rules the paths that they are for, as a redirect ${path}`, async ({ page, relay }) => {
    await install(page, relay)
    const since = relay.exchanges.length
    await visit(page, relay, path)
    expect(new URL(page.url()).pathname).toBe(end)
    await expect(page.getByRole('heading')).toHaveText(heading)
    expect(verdictsSince(relay, since)[0]).toBe('GET whole')
  })
}

test('leaves to the app’s own rules the paths that they are for, as a rewrite', async ({ page, relay }) => {
  await install(page, relay)
  const { outcome } = await visit(page, relay, '/featured')
  expect(outcome).toBeUndefined()
  await expect(page.getByRole('heading')).toHaveText('anything')
  await expectHydrated(page)
})

for (const [path, heading, outcome] of [
  ['/posts/three', 'three', 'instant'],
  ['/posts/static-four', 'static-four', 'static'],
  ['/deep/old/address', 'one', 'instant'],
] as const) {
  test(`opens ${path}, of which the build knows nothing, from the record of an earlier visit`, async ({
    page,
    relay,
    server,
    expected,
  }) => {
    expected.push(LOSS, /#419/)
    await install(page, relay)
    expect((await visit(page, relay, path)).outcome).toBeUndefined()
    await expect.poll(() => keptDigest(page, path)).toBeDefined()
    await untilTold(page, path)
    const network = await ask(server.port, { path, method: 'GET' })
    const since = relay.exchanges.length
    const { response, outcome: again } = await visit(page, relay, path)
    expect(again).toBe(outcome)
    expect(comparable(response.headers())).toEqual(comparable(toTexts(network.headers)))
    await expectHydrated(page)
    expect(verdictsSince(relay, since)).toEqual([outcome === 'instant' ? 'GET resumed' : 'GET whole'])
    await relay.down()
    await page.goto(relay.origin + path)
    await expect(page.getByRole('heading')).toHaveText(heading)
  })
}

test('takes each page load for a reload while a tool has disabled the browser’s cache', async ({ page, relay }) => {
  await install(page, relay)
  const tool = await page.context().newCDPSession(page)
  await tool.send('Network.enable')
  await tool.send('Network.setCacheDisabled', { cacheDisabled: true })
  const { response, outcome } = await visit(page, relay, '/posts/one')
  expect([response.fromServiceWorker(), outcome]).toEqual([true, undefined])
  await tool.send('Network.setCacheDisabled', { cacheDisabled: false })
  expect((await visit(page, relay, '/posts/one')).outcome).toBe('instant')
})

test('reloads once, unseen, for a whole document that its route’s shell does not fit, asks for it once, and keeps the shell', async ({
  page,
  relay,
  expected,
}) => {
  expected.push(/Minified React error #412/)
  await install(page, relay)
  const path = '/static-page'
  const first = relay.exchanges.length
  await page.goto(relay.origin + path, { waitUntil: 'commit' })
  await expect(page.getByRole('heading')).toHaveText('static-page')
  await expect.poll(() => keptDigest(page, path)).toBeDefined()
  expect(await keptDigest(page, '/[slug]')).toBeDefined()
  expect(verdictsSince(relay, first)).toEqual(['GET whole'])
  const since = relay.exchanges.length
  expect((await visit(page, relay, path)).outcome).toBe('static')
  expect(verdictsSince(relay, since)).toEqual(['GET whole'])
  expect((await visit(page, relay, '/anything')).outcome).toBe('instant')
})

for (const [name, answer] of [
  ['that Next opens from the route’s shell', undefined],
  [
    'that the server has as a page of its own',
    { status: 404, headers: { 'content-type': 'text/html' }, body: NOT_FOUND },
  ],
] as const) {
  test(`asks once at each visit to an unlisted slug that calls notFound(), ${name}`, async ({
    page,
    relay,
    expected,
  }) => {
    expected.push(/status of 404/, /Minified React error #4(12|19)/)
    await install(page, relay)
    const path = '/gone-for-good'
    relay.fault = ({ url }) => (url === path ? answer : undefined)
    const visits: number[] = []
    for (let visited = 0; visited < 4; visited++) {
      const since = relay.exchanges.length
      // The document may be replaced by its own reload.
      await page.goto(relay.origin + path, { waitUntil: 'commit' })
      await expect(page.getByText('This page could not be found')).toBeVisible()
      visits.push(verdictsSince(relay, since).length)
    }
    expect(visits).toEqual([1, 1, 1, 1])
    relay.fault = undefined
    expect((await visit(page, relay, '/anything')).outcome, 'the shell stays').toBe('instant')
  })
}

test('begins early on two paths of one route’s shell, at the third visit of each', async ({ page, relay }) => {
  await install(page, relay)
  const paths = ['/begins', '/begins-too']
  for (const path of paths) {
    expect((await visit(page, relay, path)).outcome).toBe('instant')
    await expect.poll(() => page.evaluate(readStage, path)).toBe('known')
  }
  for (const path of paths) {
    const { promise, resolve } = deferred<void>()
    relay.hold = ({ url }) => (url === path ? promise : undefined)
    await page.goto(relay.origin + path, { waitUntil: 'commit' })
    await expectHydrated(page)
    await expect(page.locator('[data-skeleton]')).not.toHaveCount(0)
    resolve()
    await expect(page.getByRole('heading')).toHaveText(path.slice(1))
    await expect(page.getByTestId('counter')).toContainText('1')
  }
  expect(await keptDigest(page, '/[slug]')).toBeDefined()
  for (const path of paths) expect(await keptDigest(page, path), 'a record of its own').toBeUndefined()
})

test('asks for no record of a page that is not there', async ({ page, relay, expected }) => {
  expected.push(/status of 404/)
  await install(page, relay)
  await page.goto(`${relay.origin}/posts/nothing`)
  await page.goto(`${relay.origin}/posts/one`)
  const asked = relay.exchanges.filter(({ url, headers }) => url === '/posts/nothing' && headers['shell-cache-record'])
  expect(asked).toEqual([])
})

test('says in the build’s table that every page is instant, and what rules are for', async () => {
  const log = await readFile(join(appFolder('rooted'), 'build.log'), 'utf8')
  const rows = [...log.matchAll(/^(\/\S*) +(instant|gated|off) /gm)].map(([, key, mode]) => [key, mode])
  expect(rows).toEqual([
    ['/', 'instant'],
    ['/[[...elsewhere]]', 'instant'],
    ['/[slug]', 'instant'],
    ['/[slug]/[sub]', 'instant'],
    ['/archive/:year', 'off'],
    ['/crunch', 'instant'],
    ['/featured', 'off'],
    ['/gallery', 'instant'],
    ['/gallery/frame/[id]', 'instant'],
    ['/gallery/photo/[slug]', 'instant'],
    ['/legacy', 'off'],
    ['/legacy/[id]', 'off'],
    ['/listed', 'instant'],
    ['/old-post', 'off'],
    ['/posts/[slug]', 'instant'],
    ['/posts/one', 'instant'],
    ['/posts/two', 'instant'],
    ['/static-page', 'instant'],
  ])
})

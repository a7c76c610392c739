// Shells that change while the server runs: by a tag, by the visitor's own write, by another visitor's. A record is replaced whole and
// soon, and while nothing changes there is no extra request.

import { join } from 'node:path'

import type { Page } from '@playwright/test'

import { expect, test as base } from '../../harness/fixtures.ts'
import { copyApp, install, open, rename, requestsFor, untilQuiet, withoutOrigin } from './fresh.ts'
import { NAMED_NEXT } from '../../harness/builds/peer-range.ts'
import { comparable } from '../../harness/headers.ts'
import { serveOnAnotherSite } from '../../harness/hosts/other-site.ts'
import { ask } from '../../harness/raw.ts'
import { startServer } from '../../harness/servers/server.ts'
import { storedKeys } from '../../harness/in-page/store-reads.ts'
import { isInvalidated, keptRecords } from '../../harness/in-page/stored.ts'
import { scaled, TEST_MS } from '../../harness/timeouts.ts'

/** Next writes what it revalidates into its build folder, so each test has its own. */
const test = base.extend({
  // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names out of the pattern
  server: async ({}, use, info) => {
    await using copy = await copyApp('fresh', info.testId)
    await using server = await startServer(copy.folder, { FRESH_NAMES: join(copy.folder, 'names.json') })
    await use(server)
  },
})

/** The name in this browser's shell of a page. */
async function storedName(page: Page, path: string): Promise<string | undefined> {
  const record = (await keptRecords(page)).find(({ key }) => key === path)
  return /<h1>(.*?)<\/h1>/.exec(record?.shell.toString() ?? '')?.[1]
}

for (const [how, query] of [
  ['at once', '&now'],
  ['soon', ''],
] as const) {
  test(`shows at the second navigation what a tag has revalidated ${how}`, async ({ page, relay }) => {
    await install(page, relay)
    for (const [path, id] of [
      ['/', 'home'],
      ['/items/built', 'built'],
      ['/whole', 'whole'],
    ] as const) {
      expect(await open(page, relay, path)).toMatchObject({ name: `${id} as built` })
      await untilQuiet(relay)
      await rename(relay, id, 'renamed', query)
      await open(page, relay, path)
      await expect.poll(async () => storedName(page, path), path).toBe('renamed')
      for (const navigation of ['second', 'third'])
        expect(await open(page, relay, path), `${navigation} to ${path}`).toMatchObject({ name: 'renamed' })
    }
  })
}

test('shows what is new on a page without holes if no origin answers', async ({ page, relay }) => {
  await install(page, relay)
  relay.fault = withoutOrigin
  expect(await open(page, relay, '/whole')).toMatchObject({ name: 'whole as built', outcome: 'static' })
  await untilQuiet(relay)
  await rename(relay, 'whole', 'renamed', '&now')
  // The browser's own cache returns the old page once more, which Next allows (`stale-while-revalidate`).
  await open(page, relay, '/whole')
  await untilQuiet(relay)
  await open(page, relay, '/whole')
  await expect.poll(() => page.evaluate(storedKeys)).not.toContain('/whole')
  expect(await open(page, relay, '/whole')).toMatchObject({ name: 'renamed', outcome: 'network' })
})

test('shows what the clock has revalidated, once more as it was', async ({ page, relay }) => {
  await install(page, relay)
  await rename(relay, 'timed', 'renamed', '&quiet')
  await expect.poll(async () => (await open(page, relay, '/timed')).name, { intervals: [1000] }).toBe('renamed')
  expect((await open(page, relay, '/timed')).outcome, 'served all the time').toBe('instant')
})

test('asks for nothing beside the navigation while nothing changes', async ({ page, relay }) => {
  await install(page, relay)
  for (const path of ['/', '/items/built']) {
    const since = relay.exchanges.length
    for (let navigation = 0; navigation < 5; navigation++)
      expect((await open(page, relay, path)).outcome).toBe('instant')
    await untilQuiet(relay)
    expect(requestsFor(relay, path, since)).toEqual(Array(5).fill('POST'))
  }
  const since = relay.exchanges.length
  for (let navigation = 0; navigation < 5; navigation++)
    expect((await open(page, relay, '/whole')).outcome).toBe('static')
  await untilQuiet(relay)
  const asked = requestsFor(relay, '/whole', since)
  expect(new Set(asked), 'whether there is something newer, in the place of the document').toEqual(new Set(['record']))
  expect(asked.length, 'once for each visit at the most').toBeLessThanOrEqual(5)
  const answers = relay.exchanges.slice(since).filter(({ url }) => url === '/whole')
  expect(answers.filter(({ body }) => body.length > 0)).toEqual([])
})

test('gives a path of a route its own record after its first visit', async ({ page, relay }) => {
  test.skip(
    NAMED_NEXT?.startsWith('16.2.') === true,
    'Next 16.2 prerenders no path of a route when it is first asked for',
  )
  await install(page, relay)
  await rename(relay, 'mine', 'my own')
  await untilQuiet(relay)
  expect(await open(page, relay, '/items/mine')).toMatchObject({ name: 'my own', outcome: 'instant' })
  await untilQuiet(relay)
  // The origin has made the path's record meanwhile, and says so in the second visit's resume.
  await open(page, relay, '/items/mine')
  await expect.poll(() => page.evaluate(storedKeys)).toContain('/items/mine')
  const since = relay.exchanges.length
  expect(await open(page, relay, '/items/mine')).toMatchObject({ name: 'my own', outcome: 'instant' })
  await untilQuiet(relay)
  expect(requestsFor(relay, '/items/mine', since)).toEqual(['POST'])
  expect(relay.exchanges.slice(since).some(({ body }) => body.includes('<h1>my own'))).toBe(false)
})

test('shows what was made since the build with the headers that the network sends', async ({ page, relay, server }) => {
  await install(page, relay)
  for (const [path, id] of [
    ['/', 'home'],
    ['/whole', 'whole'],
    ['/items/mine', 'mine'],
  ] as const) {
    await rename(relay, id, 'renamed', '&now')
    await untilQuiet(relay)
    await open(page, relay, path)
    await untilQuiet(relay)
    await open(page, relay, path)
    await untilQuiet(relay)
    const response = await page.goto(relay.origin + path)
    expect((await response?.text())?.includes('<h1>renamed</h1>'), path).toBe(true)
    const headers = response?.headers() ?? {}
    expect(headers['server-timing'], path).toContain('shell')
    const network = await ask(server.port, { path, method: 'GET', headers: { 'user-agent': 'x' } })
    const sent = Object.entries(network.headers).map(([name, value]) => [name, String(value)])
    expect(comparable(headers), path).toEqual(comparable(Object.fromEntries(sent)))
    expect(headers['content-security-policy'], path).toBe("frame-ancestors 'none'")
  }
})

test('keeps within its budget, the shells of routes first', async ({ page, relay }) => {
  await install(page, relay)
  for (let item = 0; item < 11; item++) {
    await open(page, relay, `/items/number-${item}`)
    await untilQuiet(relay)
    await open(page, relay, `/items/number-${item}`)
    await expect.poll(() => page.evaluate(storedKeys)).toContain(`/items/number-${item}`)
  }
  // The newest record is stored first, and then an old one is removed.
  await expect.poll(async () => (await page.evaluate(storedKeys)).length).toBe(10)
  const keys = await page.evaluate(storedKeys)
  expect(keys).toContain('/items/[id]')
  expect(keys).not.toContain('/items/number-0')
})

test('leaves shells alone if an action has only set a cookie', async ({ page, relay }) => {
  await install(page, relay)
  await open(page, relay, '/')
  await page.getByTestId('cookie').click()
  await expect(page.getByTestId('state')).toHaveText('done')
  const answer = relay.exchanges.find(({ headers }) => headers['next-action'] !== undefined)?.answer
  expect(answer?.['x-action-revalidated']).toBe('1')
  expect(answer?.['shell-cache-invalidate']).toBe('')
  expect(await open(page, relay, '/')).toMatchObject({ outcome: 'instant' })
})

test('doubts nothing for a form of another site, everything for one of its own (field F5)', async ({ page, relay }) => {
  await install(page, relay)
  const form = `<form method="post" action="${relay.origin}/whole"></form>`
  await using host = await serveOnAnotherSite(form)
  const send = async (): Promise<void> => {
    const arrived = page.waitForURL(`${relay.origin}/whole`)
    await page.evaluate(() => document.forms[0]?.submit())
    await arrived
  }
  await page.goto(host.origin)
  await send()
  expect(await open(page, relay, '/')).toMatchObject({ outcome: 'instant' })
  await page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), form)
  await send()
  expect(await open(page, relay, '/')).toMatchObject({ outcome: 'network' })
})

test('believes any answer that says what it has changed', async ({ page, relay }) => {
  await install(page, relay)
  for (const [tell, name] of [
    ['name-home', 'by its tag'],
    ['/', 'by its path'],
    ['*', 'by everything'],
  ]) {
    expect((await open(page, relay, '/')).outcome).toBe('instant')
    const query = new URLSearchParams({ id: 'home', name: name ?? '', tell: tell ?? '', now: '' })
    const status = await page.evaluate(
      async (url) => (await fetch(url, { method: 'POST' })).status,
      `/api/names?${query}`,
    )
    expect(status).toBe(200)
    // Next finishes a route handler's revalidation after its response.
    await untilQuiet(relay)
    expect(await open(page, relay, '/')).toMatchObject({ name, outcome: 'network' })
    await untilQuiet(relay)
    expect(await open(page, relay, '/whole')).toMatchObject({ outcome: tell === '*' ? 'network' : 'static' })
    await untilQuiet(relay)
  }
})

test('believes a page that says what it has changed', async ({ page, relay }) => {
  await install(page, relay)
  expect((await open(page, relay, '/')).outcome).toBe('instant')
  await page.getByTestId('tell').click()
  await expect(page.getByTestId('state')).toHaveText('done')
  expect((await open(page, relay, '/items/built')).outcome).toBe('instant')
  expect((await open(page, relay, '/')).outcome).toBe('network')
  await expect.poll(() => isInvalidated(page, '/')).toBe(false)
  expect((await open(page, relay, '/')).outcome).toBe('instant')
})

const TRIES = Number(process.env['SHELL_CACHE_WRITES'] ?? 4)

// Without a dynamic path that the build knew: its route's state has the name as built, and when the page's entry has expired Next 16.4.6
// renders from that state, without us too (facts for the note; `GET /items/built` after `revalidateTag(…, { expire: 0 })`).
for (const [path, id] of [
  ['/', 'home'],
  ['/items/mine', 'mine'],
] as const) {
  test(`shows a visitor’s own write at the next navigation to ${path}, every time`, async ({ page, relay }) => {
    test.setTimeout(TEST_MS + scaled(TRIES * 3000))
    await install(page, relay)
    await open(page, relay, path)
    const over = new AbortController()
    const others = ['/whole', '/items/built', '/items/other', '/items/another']
    const load = others.map(async (other) => {
      while (!over.signal.aborted) await fetch(relay.origin + other).then((response) => response.text())
    })
    const outcomes: string[] = []
    for (let written = 1; written <= TRIES; written++) {
      const name = `${id} ${written}`
      outcomes.push((await open(page, relay, `${path}?to=${encodeURIComponent(name)}`)).outcome)
      await page.getByTestId('now').click()
      await expect(page.getByTestId('state')).toHaveText('done')
      expect(await open(page, relay, path), `after ${written} writes`).toMatchObject({ name, hole: name })
    }
    over.abort()
    await Promise.all(load)
    expect(outcomes, 'shells are used in between').toContain('instant')
  })
}

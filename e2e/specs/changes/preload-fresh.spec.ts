// Navigation preload while shells change on a running server: whichever shell the browser shows, the page is rendered once.

import { join } from 'node:path'

import { expect, test as base } from '../../harness/fixtures.ts'
import { copyApp, install, open, rename, untilQuiet, withoutOrigin } from './fresh.ts'
import type { Relay } from '../../harness/servers/relay.ts'
import { startServer } from '../../harness/servers/server.ts'
import { keptDigest, untilReplaced, untilTold } from '../../harness/in-page/stored.ts'

const test = base.extend({
  // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names out of the pattern
  server: async ({}, use, info) => {
    await using copy = await copyApp('fresh-preload', info.testId)
    await using server = await startServer(copy.folder, { FRESH_NAMES: join(copy.folder, 'names.json') })
    await use(server)
  },
})

/** The requests for a page since then, with their verdicts. */
function askedFor(relay: Relay, path: string, since: number): string[] {
  return relay.exchanges
    .slice(since)
    .filter(({ url, headers }) => url === path && headers['shell-cache-record'] === undefined)
    .map(({ method, answer }) => `${method} ${String(answer['shell-cache-verdict'] ?? 'whole').split(';')[0]}`)
}

test('sends the whole page to a browser whose shell a tag has outdated since', async ({ page, relay }) => {
  await install(page, relay)
  const built = await keptDigest(page, '/items/built')
  await rename(relay, 'built', 'once', '&now')
  await open(page, relay, '/items/built')
  await untilReplaced(page, '/items/built', built)
  await untilTold(page, '/items/built')
  const newer = await keptDigest(page, '/items/built')
  let since = relay.exchanges.length
  expect(await open(page, relay, '/items/built')).toMatchObject({ name: 'once', outcome: 'instant' })
  expect(askedFor(relay, '/items/built', since)).toEqual(['GET resumed'])
  await untilQuiet(relay)
  await rename(relay, 'built', 'twice', '&now')
  since = relay.exchanges.length
  // Next serves the build's page once more before it renders a newer one, with and without a worker (Next 16.4.6).
  const once = { name: 'built as built', hole: 'built as built', outcome: 'network' }
  expect(await open(page, relay, '/items/built')).toMatchObject(once)
  expect(askedFor(relay, '/items/built', since), 'the whole, which the reload shows').toEqual(['GET whole'])
  await untilReplaced(page, '/items/built', newer)
  await untilTold(page, '/items/built')
  since = relay.exchanges.length
  expect(await open(page, relay, '/items/built')).toMatchObject({ name: 'twice', outcome: 'instant' })
  expect(askedFor(relay, '/items/built', since)).toEqual(['GET resumed'])
})

test('forgets a page without holes that the preload proves outdated, if no origin answers', async ({ page, relay }) => {
  await install(page, relay)
  relay.stripped.add('service-worker-navigation-preload')
  relay.fault = withoutOrigin
  await rename(relay, 'whole', 'renamed', '&now')
  const since = relay.exchanges.length
  expect(await open(page, relay, '/whole')).toMatchObject({ name: 'whole as built', outcome: 'static' })
  await expect.poll(() => keptDigest(page, '/whole')).toBeUndefined()
  expect(await open(page, relay, '/whole')).toMatchObject({ name: 'renamed', outcome: 'network' })
  expect(askedFor(relay, '/whole', since)).toEqual(['GET whole', 'GET whole'])
})

test('renders once for a browser whose shell the clock has replaced since', async ({ page, relay }) => {
  await install(page, relay)
  const built = await keptDigest(page, '/timed')
  await rename(relay, 'timed', 'once', '&quiet')
  await expect.poll(async () => (await open(page, relay, '/timed')).name, { intervals: [1000] }).toBe('once')
  await untilReplaced(page, '/timed', built)
  await untilTold(page, '/timed')
  await rename(relay, 'timed', 'twice', '&quiet')
  const network = async (): Promise<string> => (await fetch(`${relay.origin}/timed`)).text()
  await expect.poll(network, { intervals: [1000] }).toContain('<h1>twice</h1>')
  const since = relay.exchanges.length
  expect(await open(page, relay, '/timed')).toMatchObject({ name: 'once', outcome: 'instant' })
  expect(askedFor(relay, '/timed', since)).toEqual(['GET refused', 'POST resumed'])
})

test('continues from the route’s shell, and from the path’s own when there is one', async ({ page, relay }) => {
  await install(page, relay)
  // The origin makes the path's record after the first visit, and says so in the second visit's response.
  for (const visit of ['first', 'second', 'third']) {
    if (visit === 'third') await untilTold(page, '/items/late')
    await untilQuiet(relay)
    const since = relay.exchanges.length
    expect((await open(page, relay, '/items/late')).outcome, visit).toBe('instant')
    expect(askedFor(relay, '/items/late', since), visit).toEqual(['GET resumed'])
  }
})

test('lets the origin go when the visitor goes', async ({ page, relay }) => {
  await install(page, relay)
  const since = relay.exchanges.length
  await page.goto(`${relay.origin}/slow`, { waitUntil: 'commit' })
  await page.locator('[data-skeleton]').first().waitFor()
  await page.goto('about:blank')
  const aborted = (): boolean | undefined => relay.exchanges.slice(since).find(({ url }) => url === '/slow')?.isAborted
  await expect.poll(aborted).toBe(true)
})

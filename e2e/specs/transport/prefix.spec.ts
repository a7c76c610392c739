// `transport: 'prefix'`, for hosts that run nothing of ours. Guarded routes are `off` there (adapter-plugin/pages/classify.test.ts). What
// changes between two builds is learned from the network's pages.

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Page } from '@playwright/test'

import { expect, test as base } from '../../harness/fixtures.ts'
import { keptDigest, keptRecords, untilReplaced } from '../../harness/in-page/stored.ts'
import type { Relay } from '../../harness/servers/relay.ts'
import { startServer } from '../../harness/servers/server.ts'
import { copyApp, install, open, rename, type Shown, untilQuiet } from '../changes/fresh.ts'

/** Next writes what it revalidates into its build folder, so each test has its own. */
const test = base.extend<{ readonly folder: string }>({
  // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names out of the pattern
  folder: async ({}, use, info) => {
    await using copy = await copyApp('fresh-prefix', info.testId)
    await use(copy.folder)
  },
  server: async ({ folder }, use) => {
    await using server = await startServer(folder, { FRESH_NAMES: join(folder, 'names.json') })
    await use(server)
  },
})

const VISITOR = 'GET of the visitor'
const STRANGER = 'GET without cookies'

type Seen = { readonly shown: Shown; readonly asked: readonly string[] }

/** Visits a page and tells who requested it: the browser's navigation and a reload send the visitor's cookie, the worker sends none. */
async function visit(page: Page, relay: Relay, path: string): Promise<Seen> {
  const since = relay.exchanges.length
  const shown = await open(page, relay, path)
  await untilQuiet(relay)
  const asked = relay.exchanges
    .slice(since)
    .filter(({ url }) => url === path)
    .map(({ headers }) => (headers.cookie === undefined ? STRANGER : VISITOR))
  return { shown, asked }
}

/** The shell as Next itself stores it: the learned shell must end at the same byte. */
async function writtenShell(folder: string, name: string): Promise<string> {
  const cache = join(folder, '.next', 'server', 'route-cache')
  const file = (await readdir(cache, { recursive: true })).find((path) => path.endsWith(join('$', name)))
  return file === undefined ? '' : readFile(join(cache, file), 'utf8')
}

async function visitor(page: Page, relay: Relay): Promise<void> {
  await page.context().addCookies([{ name: 'visitor', value: 'ada', url: relay.origin }])
  await install(page, relay)
}

test('shows a page from its new shell after one reload, each time it has changed', async ({ page, relay, folder }) => {
  await visitor(page, relay)
  expect((await visit(page, relay, '/')).shown).toMatchObject({ name: 'home as built', outcome: 'instant' })
  for (const name of ['renamed', 'renamed again']) {
    await rename(relay, 'home', name, '&now')
    const before = await keptDigest(page, '/')
    const changed = await visit(page, relay, '/')
    expect(changed).toMatchObject({ shown: { name, hole: name, outcome: 'network' }, asked: [VISITOR, STRANGER] })
    await untilReplaced(page, '/', before)
    const [kept] = (await keptRecords(page)).filter(({ key }) => key === '/')
    await expect
      .poll(() => writtenShell(folder, 'index.html'), 'the shell that Next keeps')
      .toBe(kept?.shell.toString())
    const again = await visit(page, relay, '/')
    expect(again).toEqual({ shown: { name, hole: name, outcome: 'instant' }, asked: [VISITOR] })
  }
})

test('waits for a page to be the same with and without cookies: Next shows the build’s once more', async ({
  page,
  relay,
}) => {
  const path = '/items/built'
  await visitor(page, relay)
  expect((await visit(page, relay, path)).shown).toMatchObject({ name: 'built as built', outcome: 'instant' })
  await rename(relay, 'built', 'renamed', '&now')
  const old = await visit(page, relay, path)
  expect(old).toMatchObject({ shown: { name: 'built as built', outcome: 'network' }, asked: [VISITOR, STRANGER] })
  const renamed = { name: 'renamed', hole: 'renamed' }
  const learned = await visit(page, relay, path)
  expect(learned).toMatchObject({ shown: { ...renamed, outcome: 'network' }, asked: [VISITOR, STRANGER] })
  const instant = await visit(page, relay, path)
  expect(instant).toEqual({ shown: { ...renamed, outcome: 'instant' }, asked: [VISITOR] })
})

test('shows a page without holes anew once the browser’s own cache has it, and goes on to show it', async ({
  page,
  relay,
}) => {
  await visitor(page, relay)
  expect((await visit(page, relay, '/whole')).shown).toMatchObject({ name: 'whole as built', outcome: 'static' })
  await rename(relay, 'whole', 'renamed', '&now')
  const built = await keptDigest(page, '/whole')
  // `stale-while-revalidate`: Chromium answers once more from its cache.
  expect(await visit(page, relay, '/whole')).toMatchObject({ shown: { outcome: 'static' }, asked: [VISITOR] })
  const learned = await visit(page, relay, '/whole')
  expect(learned).toMatchObject({ shown: { outcome: 'static' }, asked: [VISITOR, STRANGER] })
  await untilReplaced(page, '/whole', built)
  const renamed = { shown: { name: 'renamed', outcome: 'static' }, asked: [VISITOR] }
  expect(await visit(page, relay, '/whole')).toMatchObject(renamed)
  expect(await visit(page, relay, '/whole')).toMatchObject(renamed)
})

test('has a page that was learned without a network: its shell, with open holes', async ({ page, relay, expected }) => {
  expected.push(/Failed to load resource/)
  await visitor(page, relay)
  await visit(page, relay, '/')
  await rename(relay, 'home', 'renamed', '&now')
  await visit(page, relay, '/')
  await relay.down()
  await page.goto(`${relay.origin}/`)
  await expect(page.locator('h1')).toHaveText('renamed')
  await expect(page.locator('[data-skeleton]')).toHaveCount(1)
  await relay.up()
})

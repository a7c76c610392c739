// What `npm run test:caches` asks of a cache handler beside shared.spec.ts: what Next alone does with it, what a server knows that was
// started since, and what two builds make of one cache.

import { expect } from '../../harness/fixtures.ts'
import { install, open, rename, untilQuiet } from '../changes/fresh.ts'
import { IS_ABOUT_CACHES } from '../../harness/builds/cache-handlers.ts'
import { keptDigest, untilReplaced } from '../../harness/in-page/stored.ts'
import type { RunningServer } from '../../harness/servers/server.ts'
import { CAN_SHARE, test } from './stage.ts'

test.skip(!IS_ABOUT_CACHES || !CAN_SHARE, 'npm run test:caches runs these')

const PAGES = [
  ['/', 'home'],
  ['/whole', 'whole'],
] as const

for (const [how, query] of [
  ['at once', '&now'],
  ['soon', ''],
] as const) {
  test(`shows without a worker what another server has revalidated ${how}`, async ({ stage }) => {
    for (const [path, id] of PAGES) {
      expect((await sentBy(stage.two, path)).name).toBe(`${id} as built`)
      await rename({ origin: `http://localhost:${stage.one.port}` }, id, 'renamed', query)
      await expect.poll(async () => (await sentBy(stage.two, path)).name, path).toBe('renamed')
    }
  })
}

test('resumes by its digest alone what another server has rendered since the build', async ({ page, relay, stage }) => {
  relay.turnTo(stage.one.port)
  await install(page, relay)
  for (const path of ['/items/new', '/items/new']) await open(page, relay, path)
  await untilReplaced(page, '/items/new', undefined)
  await untilQuiet(relay)
  relay.turnTo(stage.two.port)
  const since = relay.exchanges.length
  expect(await open(page, relay, '/items/new')).toMatchObject({ hole: 'new as built', outcome: 'instant' })
  await untilQuiet(relay)
  const resumes = relay.exchanges.slice(since).filter(({ headers }) => headers['shell-cache-resume'] !== undefined)
  expect(resumes.map(({ method, status, headers }) => [method, status, headers['content-length']])).toEqual([
    ['POST', 200, '0'],
  ])
})

test('continues from nothing that was revalidated before the server was started', async ({ page, relay, stage }) => {
  relay.turnTo(stage.two.port)
  await install(page, relay)
  expect(await keptDigest(page, '/')).toBeDefined()
  await rename({ origin: `http://localhost:${stage.one.port}` }, 'home', 'renamed', '&now')
  const started = await stage.startMore('fresh-shared')
  relay.turnTo(started.port)
  const { name, hole } = await open(page, relay, '/')
  const sent = await sentBy(started, '/')
  expect([name, hole], 'as the server has it').toEqual([sent.name, sent.hole])
})

test('shows pages of one build each while two builds share the cache', async ({ page, relay, stage }) => {
  const next = await stage.startMore('fresh-shared-next')
  relay.turnTo(stage.one.port)
  await install(page, relay)
  await rename({ origin: `http://localhost:${stage.one.port}` }, 'home', 'renamed', '&now')
  for (const { port } of [stage.one, next, stage.one, next]) {
    relay.turnTo(port)
    await open(page, relay, '/')
    const builds = await page.locator('[data-build]').evaluateAll((all) => all.map((each) => each.dataset['build']))
    expect(builds).toEqual([builds[0], builds[0]])
    expect(builds[0]).toBe(port === next.port ? 'two' : 'one')
    await untilQuiet(relay)
  }
})

/** A page as a visitor without a worker gets it. */
async function sentBy({ port }: RunningServer, path: string) {
  const html = await (await fetch(`http://localhost:${port}${path}`, { headers: { accept: 'text/html' } })).text()
  const [, name] = /<h1[^>]*>([^<]*)</.exec(html) ?? []
  const [, hole] = /data-testid="hole"[^>]*>([^<]*)</.exec(html) ?? []
  return { name, hole }
}

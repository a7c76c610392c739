// Two servers of one build that share a secret, a Redis and nothing else, behind nginx.

import { join } from 'node:path'

import { expect, LOSS, test as base } from '../../harness/fixtures.ts'
import { copyApp, install, open, rename, untilQuiet } from '../changes/fresh.ts'
import { PLAIN_SECRET } from '../../harness/builds/build-apps.ts'
import { NGINX, startNginx } from '../../harness/hosts/nginx.ts'
import { REDIS, startRedis } from '../../harness/hosts/redis.ts'
import { type RunningServer, startServer } from '../../harness/servers/server.ts'
import { keptDigest, untilReplaced } from '../../harness/in-page/stored.ts'

type Stage = { readonly one: RunningServer; readonly two: RunningServer; readonly nginx: { readonly port: number } }

const test = base.extend<{ readonly stage: Stage }>({
  // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names out of the pattern
  stage: async ({}, use, info) => {
    await using redis = await startRedis()
    await using first = await copyApp('fresh-shared', `${info.testId}-one`)
    await using second = await copyApp('fresh-shared', `${info.testId}-two`)
    const env = {
      SHELL_CACHE_SECRET: PLAIN_SECRET,
      FRESH_SHARED: '1',
      FRESH_REDIS: redis.url,
      FRESH_NAMES: join(first.folder, 'names.json'),
    }
    await using one = await startServer(first.folder, env)
    await using two = await startServer(second.folder, env)
    await using nginx = await startNginx(one.port, two.port)
    await use({ one, two, nginx })
  },
  server: async ({ stage }, use) => use(stage.one),
})

test.skip(NGINX === undefined || REDIS === undefined, 'there is no nginx or no redis-server on this machine')

for (const [how, query] of [
  ['at once', '&now'],
  ['soon', ''],
] as const) {
  test(`brings what one server has revalidated ${how} to a browser that talks to the other`, async ({
    page,
    relay,
    stage,
  }) => {
    relay.turnTo(stage.two.port)
    await install(page, relay)
    for (const path of ['/', '/whole']) expect((await open(page, relay, path)).name).toContain('as built')
    await untilQuiet(relay)
    const other = `http://localhost:${stage.one.port}`
    await rename({ origin: other }, 'home', 'renamed', query)
    await rename({ origin: other }, 'whole', 'renamed', query)
    for (const path of ['/', '/whole']) {
      const built = await keptDigest(page, path)
      await open(page, relay, path)
      await untilReplaced(page, path, built)
      expect(await open(page, relay, path), path).toMatchObject({ name: 'renamed' })
      await untilQuiet(relay)
    }
  })
}

test('is resumed by whichever server is asked, by its digest alone', async ({ page, relay, stage }) => {
  relay.turnTo(stage.nginx.port)
  await install(page, relay)
  await rename(relay, 'home', 'made since the build', '&now')
  await untilQuiet(relay)
  const built = await keptDigest(page, '/')
  await open(page, relay, '/')
  await untilReplaced(page, '/', built)
  await untilQuiet(relay)
  const since = relay.exchanges.length
  for (let navigation = 0; navigation < 6; navigation++) {
    expect(await open(page, relay, '/')).toMatchObject({
      name: 'made since the build',
      hole: 'made since the build',
      outcome: 'instant',
    })
  }
  await untilQuiet(relay)
  const asked = relay.exchanges.slice(since).filter(({ url }) => url === '/')
  expect(asked.map(({ method, status, headers }) => [method, status, headers['content-length']])).toEqual(
    Array.from({ length: 6 }, () => ['POST', 200, '0']),
  )
})

test('stands on its ladder when one server dies in the middle', async ({ page, relay, stage, expected }) => {
  expected.push(LOSS, /Minified React error #4(12|19)/)
  relay.turnTo(stage.nginx.port)
  await install(page, relay)
  const pages = [page, await page.context().newPage()]
  // nginx asks its servers in turn, whatever for.
  await untilQuiet(relay)
  const since = relay.exchanges.length
  const opened = pages.map((each) => open(each, relay, '/slow'))
  // One of the two streams is the dying server's.
  const begun = (): number =>
    relay.exchanges.slice(since).filter(({ url, body }) => url === '/slow' && body.length > 0).length
  await expect.poll(begun, { intervals: [20] }).toBe(2)
  await stage.one.kill()
  for (const shown of await Promise.all(opened)) expect(shown).toMatchObject({ name: 'Slow', hole: 'filled' })
  const documents = relay.exchanges.slice(since).filter(({ url, method }) => url === '/slow' && method === 'GET')
  expect(documents.length, 'one of them was cut').toBeGreaterThan(0)
  expect(await open(page, relay, '/')).toMatchObject({ name: 'home as built' })
})

// Two servers of one build that share a secret, a Redis and nothing else, behind nginx.

import { expect, LOSS } from '../../harness/fixtures.ts'
import { install, open, rename, untilQuiet } from '../changes/fresh.ts'
import { keptDigest, untilReplaced } from '../../harness/in-page/stored.ts'
import { CAN_SHARE, test } from './stage.ts'

test.skip(!CAN_SHARE, 'there is no nginx or no redis-server on this machine')

const HOWS = [
  ['at once', '&now'],
  ['soon', ''],
] as const

for (const [how, query] of HOWS) {
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

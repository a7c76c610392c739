// A new build at the same address: its worker takes over completely, and everything of the old build is removed.

import type { Page } from '@playwright/test'

import { readRecords } from '../../../playwright/records.ts'
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
import { startServer, warmUp } from '../../harness/servers/server.ts'
import { takeUpdate } from '../../harness/in-page/take-update.ts'
import { deferred } from '../../../sw/util/async.ts'

test('replaces the old build’s records, assets and worker', async ({ page, relay, expected }) => {
  expected.push(LOSS)
  await install(page, relay)
  const old = await untilControlled(page)
  await using next = await startServer(appFolder('shop-next'))
  await takeUpdate(page, () => relay.turnTo(next.port))
  const current = await untilControlled(page)
  expect(current.buildId).not.toBe(old.buildId)
  expect(current.records).toBe(10)
  const before = pageRequests(relay).length
  expect((await visit(page, relay, '/products/tide-lamp')).outcome).toBe('instant')
  expect(pageRequests(relay).slice(before)).toEqual(['POST /products/tide-lamp'])
  await expectHydrated(page)
  // A page of the old build may still have been open when the new worker checked; it checks again after the next page.
  await expect
    .poll(() => buildsLeft(page))
    .toEqual({ records: [current.buildId], caches: [`next-shell-cache:/:assets:${current.buildId}`] })
})

test('gives a visitor of the old build the new build’s page, which is asked for once and loaded twice', async ({
  page,
  relay,
  expected,
}) => {
  expected.push(LOSS)
  await install(page, relay)
  await using next = await startServer(appFolder('shop-next'))
  await warmUp(next, '/products/tide-lamp')
  // The new build's worker never arrives: it would still be installing when its server ends with this test.
  relay.hold = ({ url }) => (url === '/sw.js' ? deferred<void>().promise : undefined)
  relay.turnTo(next.port)
  const before = pageRequests(relay).length
  await page.goto(`${relay.origin}/products/tide-lamp`, { waitUntil: 'commit' })
  await expect(page.getByTestId('price')).toHaveText('£89.00')
  await expectHydrated(page)
  expect(pageRequests(relay).slice(before)).toEqual(['POST /products/tide-lamp', 'GET /products/tide-lamp'])
})

test('looks for the new build’s worker at once, and asks for documents alone until it is there', async ({
  page,
  relay,
  expected,
}) => {
  expected.push(LOSS)
  const path = '/products/tide-lamp'
  await install(page, relay)
  await using next = await startServer(appFolder('shop-next'))
  await warmUp(next, path)
  relay.turnTo(next.port)
  const deployed = relay.exchanges.length
  const script = deferred<void>()
  relay.hold = ({ method, url }) => (method === 'GET' && url === '/sw.js' ? script.promise : undefined)
  const scripts = (): number =>
    relay.exchanges.slice(deployed).filter(({ method, url }) => method === 'GET' && url === '/sw.js').length
  await page.goto(relay.origin + path, { waitUntil: 'commit' })
  await expect(page.getByTestId('price')).toHaveText('£89.00')
  await expect.poll(scripts).toBe(1)
  for (let visits = 0; visits < 3; visits++) {
    const before = relay.exchanges.length
    expect((await visit(page, relay, path)).outcome).toBeUndefined()
    const asked = relay.exchanges.slice(before).filter(({ url }) => url === path)
    expect(asked.map(({ method }) => method)).toEqual(['GET'])
  }
  expect(scripts(), 'once for that build').toBe(1)
  const taken = page.evaluate(async () => {
    await new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    )
  })
  script.resolve()
  await taken
  await untilControlled(page)
  const before = pageRequests(relay).length
  expect((await visit(page, relay, path)).outcome).toBe('instant')
  expect(pageRequests(relay).slice(before)).toEqual([`POST ${path}`])
})

test('comes back to the old build after a rollback', async ({ page, relay, server, expected }) => {
  expected.push(LOSS)
  await install(page, relay)
  const old = await untilControlled(page)
  await using next = await startServer(appFolder('shop-next'))
  await takeUpdate(page, () => relay.turnTo(next.port))
  await takeUpdate(page, () => relay.turnTo(server.port))
  expect(await untilControlled(page)).toEqual(old)
  expect((await visit(page, relay, '/')).outcome).toBe('instant')
  await expectHydrated(page)
})

test('hears of the shells from the worker that takes another’s place', async ({ page, relay }) => {
  const body = `addEventListener('activate', (event) => event.waitUntil(clients.claim()))`
  const headers = { 'content-type': 'text/javascript', 'cache-control': 'no-cache' }
  relay.fault = ({ url }) => (url === '/sw.js' ? { status: 200, headers, body } : undefined)
  await page.goto(relay.origin)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  const heard = untilControlled(page)
  await takeUpdate(page, () => (relay.fault = undefined))
  expect((await heard).records).toBe(10)
})

async function buildsLeft(page: Page): Promise<{ records: string[]; caches: string[] }> {
  const records = (await readRecords(page)).map(({ buildId }) => buildId)
  return { records: [...new Set(records)], caches: await page.evaluate(() => caches.keys()) }
}

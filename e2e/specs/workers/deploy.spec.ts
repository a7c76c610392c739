// A new build behind the same address: its worker takes over whole, and what the old build left is gone.

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
import { startServer, warmUp } from '../../harness/server.ts'
import { takeUpdate } from '../../harness/in-page/take-update.ts'

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
  // A page of the old build may have been open when the new worker looked, which looks again behind the next one.
  await expect
    .poll(() => buildsLeft(page))
    .toEqual({ records: [current.buildId], caches: [`next-shell-cache:/:assets:${current.buildId}`] })
})

test('gives a visitor of the old build the new build’s page, with one navigation more', async ({
  page,
  relay,
  expected,
}) => {
  expected.push(LOSS)
  await install(page, relay)
  await using next = await startServer(appFolder('shop-next'))
  await warmUp(next, '/products/tide-lamp')
  relay.turnTo(next.port)
  const before = pageRequests(relay).length
  await page.goto(`${relay.origin}/products/tide-lamp`, { waitUntil: 'commit' })
  await expect(page.getByTestId('price')).toHaveText('£89.00')
  await expectHydrated(page)
  const documents = pageRequests(relay)
    .slice(before)
    .filter((request) => request.startsWith('GET'))
  expect(documents.length, 'one document for the splice, and one reload at the most').toBeLessThanOrEqual(2)
})

test('asks for the new worker at the first sign of its build, and until it is there for the document alone', async ({
  page,
  relay,
  expected,
}) => {
  expected.push(LOSS)
  await install(page, relay)
  const old = await untilControlled(page)
  await using next = await startServer(appFolder('shop-next'))
  for (const path of ['/', '/products/tide-lamp']) await warmUp(next, path)
  relay.turnTo(next.port)
  // It does not come for now.
  relay.fault = ({ url }) => (url === '/sw.js' ? 'silence' : undefined)
  const since = relay.exchanges.length
  const asked = (): number => relay.exchanges.slice(since).filter(({ url }) => url === '/sw.js').length
  await page.goto(`${relay.origin}/products/tide-lamp`, { waitUntil: 'commit' })
  await expect(page.getByTestId('price')).toHaveText('£89.00')
  await expect.poll(asked).toBe(1)
  for (const path of ['/', '/products/tide-lamp', '/']) {
    const before = relay.exchanges.length
    expect((await visit(page, relay, path)).outcome).toBeUndefined()
    const ofWorker = relay.exchanges.slice(before).filter(({ method }) => method === 'POST')
    expect(ofWorker.map(({ url }) => url)).toEqual([])
    expect(pageRequests(relay).at(-1)).toBe(`GET ${path}`)
  }
  expect(asked(), 'once for this build').toBe(1)
  relay.fault = undefined
  relay.endSilence()
  await takeUpdate(page, () => {})
  expect((await untilControlled(page)).buildId).not.toBe(old.buildId)
  expect((await visit(page, relay, '/products/tide-lamp')).outcome).toBe('instant')
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

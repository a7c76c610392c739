// A new build behind the same address: its worker takes over whole, and what the old build left is gone.

import type { Page } from '@playwright/test'

import { readRecords } from '../playwright/records.ts'
import { expect, expectHydrated, install, LOSS, pageRequests, test, untilControlled, visit } from './fixtures.ts'
import { appFolder } from './paths.ts'
import { startServer } from './server.ts'

test.use({ isServerShared: true })

test('replaces the old build’s records, assets and worker', async ({ page, relay, expected }) => {
  expected.push(LOSS)
  await install(page, relay)
  const old = await untilControlled(page)
  await using next = await startServer(appFolder('shop-next'))
  relay.turnTo(next.port)
  await update(page)
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
    .toEqual({ records: [current.buildId], caches: [`next-shell-cache:assets:${current.buildId}`] })
})

test('gives a visitor of the old build the new build’s page, with one navigation more', async ({
  page,
  relay,
  expected,
}) => {
  expected.push(LOSS)
  await install(page, relay)
  await using next = await startServer(appFolder('shop-next'))
  // The first page of a server takes seconds on a busy machine, and the deadlines are the worker's.
  await fetch(`http://localhost:${next.port}/products/tide-lamp`).then((response) => response.text())
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

test('comes back to the old build after a rollback', async ({ page, relay, server, expected }) => {
  expected.push(LOSS)
  await install(page, relay)
  const old = await untilControlled(page)
  await using next = await startServer(appFolder('shop-next'))
  relay.turnTo(next.port)
  await update(page)
  relay.turnTo(server.port)
  await update(page)
  expect(await untilControlled(page)).toEqual(old)
  expect((await visit(page, relay, '/')).outcome).toBe('instant')
  await expectHydrated(page)
})

/** Has the browser look for a new worker, and waits until that worker answers for the page. */
async function update(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const taken = new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    )
    await (await navigator.serviceWorker.ready).update()
    await taken
    const { controller } = navigator.serviceWorker
    if (controller?.state === 'activated') return
    await new Promise((resolve) => controller?.addEventListener('statechange', resolve, { once: true }))
  })
}

async function buildsLeft(page: Page): Promise<{ records: string[]; caches: string[] }> {
  const records = (await readRecords(page)).map(({ buildId }) => buildId)
  return { records: [...new Set(records)], caches: await page.evaluate(() => caches.keys()) }
}

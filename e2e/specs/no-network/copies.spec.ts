// Copies of visited pages (`offlineCopies`): without a network each page opens whole, only for its own URL and browser, and is filled
// again when the server is back. Guarded pages are never kept.

import type { Page } from '@playwright/test'

import { expect, expectHydrated, install, LOSS, test, visit } from '../../harness/fixtures.ts'
import { keptDigest } from '../../harness/in-page/stored.ts'
import type { Relay } from '../../harness/servers/relay.ts'

test.use({ appName: 'copying', isProfileOwn: true })

const OPEN = '[data-skeleton]'
const hole = (page: Page) => page.locator('[data-hole=visitor]')
const notice = (page: Page) => page.locator('[data-shell-cache-notice=offline]')

/** The record keys of the rows that are kept for pages. */
function readKeptKeys(): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('next-shell-cache:/')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const reading = opening.result.transaction('pages').objectStore('pages').getAllKeys()
      reading.onsuccess = () => {
        opening.result.close()
        resolve(reading.result.map((key) => (Array.isArray(key) && typeof key[1] === 'string' ? key[1] : '')))
      }
    }
  })
}

/** Waits until the route's shell is stored, which the paths of these tests use. */
async function installRoute(page: Page, relay: Relay): Promise<void> {
  await install(page, relay)
  await expect.poll(() => keptDigest(page, '/p/[slug]')).toBeDefined()
}

async function beVisitor(page: Page, relay: Relay, name: string): Promise<void> {
  await page.context().addCookies([{ name: 'visitor', value: name, url: relay.origin }])
}

/** Visits a page from its shell, and waits until its stage and its copy are stored. */
async function visitKept(page: Page, relay: Relay, path: string): Promise<void> {
  const before = (await page.evaluate(readKeptKeys)).length
  expect((await visit(page, relay, path)).outcome).toBe('instant')
  await expect.poll(async () => (await page.evaluate(readKeptKeys)).length).toBe(before + 2)
}

async function expectWhole(page: Page): Promise<void> {
  await expect(hole(page)).toHaveText('Ada')
  await expect(page.getByRole('heading')).toHaveText('kept')
  await expect(page.locator(OPEN)).toHaveCount(0)
  await expectHydrated(page)
  await expect(notice(page)).toContainText(/Waiting for the network. This page is from this minute/)
}

test('opens as it was left without a network, and is filled anew when there is one', async ({
  page,
  relay,
  expected,
}) => {
  expected.push(LOSS)
  await installRoute(page, relay)
  await beVisitor(page, relay, 'Ada')
  await visitKept(page, relay, '/p/kept')
  await expect(notice(page)).toHaveText('')
  await relay.down()
  await page.goto(`${relay.origin}/p/kept`)
  await expectWhole(page)
  await page.reload()
  await expectWhole(page)
  // A page that was shown from a copy is not kept again.
  expect(await page.evaluate(readKeptKeys)).toEqual(['/p/[slug]', '/p/[slug]'])
  await beVisitor(page, relay, 'Bob')
  await relay.up()
  await expect(hole(page)).toHaveText('Bob')
  await expect(notice(page)).toHaveText('')
  await expect(page.getByTestId('counter')).toHaveText('1')
})

test('opens as it was left if it begins early', async ({ page, relay, expected }) => {
  expected.push(LOSS)
  await installRoute(page, relay)
  await beVisitor(page, relay, 'Ada')
  await visitKept(page, relay, '/p/kept')
  await visit(page, relay, '/p/kept')
  await relay.down()
  await page.goto(`${relay.origin}/p/kept`)
  await expectWhole(page)
})

test('is of its own URL alone, and goes with all that is stored', async ({ page, relay, expected }) => {
  expected.push(LOSS, /React error #419/)
  await installRoute(page, relay)
  await beVisitor(page, relay, 'Ada')
  await visitKept(page, relay, '/p/kept')
  await relay.down()
  for (const path of ['/p/other', '/p/kept?q=1']) {
    await page.goto(relay.origin + path)
    await expectHydrated(page)
    await expect(page.locator(OPEN)).not.toHaveCount(0)
    await expect(hole(page)).toHaveCount(0)
  }
  await relay.up()
  await visit(page, relay, '/')
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = resolve
        navigator.serviceWorker.controller?.postMessage({ type: 'shell-cache:purge' }, [port2])
      }),
  )
  expect(await page.evaluate(readKeptKeys)).toEqual([])
  await installRoute(page, relay)
  await relay.down()
  await page.goto(`${relay.origin}/p/kept`)
  await expectHydrated(page)
  await expect(page.locator(OPEN)).not.toHaveCount(0)
  await expect(hole(page)).toHaveCount(0)
})

test('shows nothing of a visitor’s session after their logout, also if the app says nothing of it', async ({
  page,
  relay,
  expected,
}) => {
  expected.push(LOSS, /React error #419/)
  await installRoute(page, relay)
  await beVisitor(page, relay, 'Ada')
  await visitKept(page, relay, '/p/kept')
  await page.goto(`${relay.origin}/logout`)
  await expect(page).toHaveURL(`${relay.origin}/about`)
  expect(relay.exchanges.filter(({ url }) => url === '/logout')).toHaveLength(1)
  await relay.down()
  await page.goto(`${relay.origin}/p/kept`)
  await expectHydrated(page)
  await expect(page.locator(OPEN)).not.toHaveCount(0)
  await expect(page.getByText('Ada')).toHaveCount(0)
})

test('keeps nothing of a guarded page', async ({ page, relay, expected }) => {
  expected.push(LOSS, /status of 503/)
  await installRoute(page, relay)
  for (let visits = 0; visits < 3; visits++) await visit(page, relay, '/stamp/known')
  // If the page had been kept, that would be done by now.
  await visitKept(page, relay, '/p/kept')
  expect(await page.evaluate(readKeptKeys)).toEqual(['/p/[slug]', '/p/[slug]'])
  await relay.down()
  expect((await page.goto(`${relay.origin}/stamp/known`))?.status()).toBe(503)
})

// Back navigation with the browser's back/forward cache off: scroll position and form fields are restored as without a worker.

import type { Page } from '@playwright/test'

import { expect, expectHydrated, install, test } from '../../harness/fixtures.ts'
import type { Relay } from '../../harness/servers/relay.ts'

test.use({ appName: 'rooted' })

const WORDS = 'what a visitor has typed'

test('restores the scroll position and the form fields of a page that history leads to', async ({
  page,
  relay,
  expected,
}) => {
  expected.push(/bad HTTP response code \(404\)/, /status of 404/)
  relay.fault = ({ url }) => (url === '/sw.js' ? { status: 404 } : undefined)
  const without = await leaveAndComeBack(page, relay)
  expect(without).toMatchObject({ words: WORDS, outcome: 'back_forward network' })
  expect(without.top).toBeGreaterThan(300)
  relay.fault = undefined
  await install(page, relay)
  const again = await leaveAndComeBack(page, relay)
  expect(again).toMatchObject({ words: WORDS, outcome: 'back_forward instant' })
  // The browser anchors the scroll position to the visible content, so it may differ by a line of what is above.
  expect(Math.abs(again.top - without.top)).toBeLessThan(20)
})

type Restored = { readonly top: number; readonly words: string; readonly outcome: string }

async function leaveAndComeBack(page: Page, relay: Relay): Promise<Restored> {
  await page.goto(`${relay.origin}/anything`)
  await expectHydrated(page)
  // A hole that is filled moves what is below it.
  await expect(page.locator('[data-skeleton]')).toHaveCount(0)
  const note = page.getByLabel('Note')
  // The field is below the window, so filling it scrolls the page.
  await note.fill(WORDS)
  // The browser does not keep a page that holds a lock in its back/forward cache.
  await page.evaluate(() => void navigator.locks.request('here', () => new Promise(() => {})))
  await page.goto(`${relay.origin}/listed`)
  await page.goBack()
  await expectHydrated(page)
  await expect(page.getByRole('heading')).toHaveText('anything')
  await expect(page.locator('[data-skeleton]')).toHaveCount(0)
  const [top, words] = [await page.evaluate(() => scrollY), await note.inputValue()]
  return { top, words, outcome: await page.evaluate(readOutcome) }
}

/** The type of the navigation, and what answered it. */
function readOutcome(): string {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  const timing = navigation?.serverTiming.find(({ name }) => name === 'shell')
  return `${navigation?.type} ${timing?.description ?? 'network'}`
}

// Back to a page with the browser's own back cache off: the scroll position and the form fields are as the browser restores them without
// a worker.

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
  expect(without).toMatchObject({ words: WORDS, isFromWorker: false })
  expect(without.top).toBeGreaterThan(300)
  relay.fault = undefined
  await install(page, relay)
  expect(await leaveAndComeBack(page, relay)).toEqual({ ...without, isFromWorker: true })
})

type Restored = { readonly top: number; readonly words: string; readonly isFromWorker: boolean | undefined }

async function leaveAndComeBack(page: Page, relay: Relay): Promise<Restored> {
  await page.goto(`${relay.origin}/anything`)
  await expectHydrated(page)
  const note = page.getByLabel('Note')
  // It lies below the window, which scrolls to it.
  await note.fill(WORDS)
  await page.goto(`${relay.origin}/listed`)
  const response = await page.goBack()
  await expectHydrated(page)
  await expect(page.getByRole('heading')).toHaveText('anything')
  const [top, words] = [await page.evaluate(() => scrollY), await note.inputValue()]
  return { top, words, isFromWorker: response?.fromServiceWorker() }
}

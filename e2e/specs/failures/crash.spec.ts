// The server's process ends during a response. relay.cut ends a response but keeps the server; here nothing answers the reload either,
// so a page that the visitor already sees could be lost.

import type { Page } from '@playwright/test'

import { expect, expectHydrated, install, pageRequests, test } from '../../harness/fixtures.ts'
import { appFolder } from '../../harness/paths.ts'
import { startServer } from '../../harness/servers/server.ts'

const PATH = '/products/tide-lamp'
/** Errors of a page that lost its server: the browser's, and React's for a payload that ended early. */
const LOSSES = /ERR_|Minified React error #4\d\d|Unexpected end of input|Invalid or unexpected token|Connection closed/

// Long enough for the process to end between the first hole and the last.
test.use({ isServerOwn: true, serverEnv: { SHOP_DELAY_MS: '1500' } })

test('keeps the visitor in the app when the server dies for good while the holes stream', async ({
  page,
  relay,
  server,
  expected,
}) => {
  expected.push(LOSSES)
  await install(page, relay)
  await openUntilFirstHole(page, relay.origin)
  await server.kill()
  await page.waitForLoadState('load')
  // The shown content stays, or React gives up on the open hole and shows the app's error page. The browser's is never shown.
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^(Tide Lamp|That went wrong)$/)
  expect(page.url()).toBe(relay.origin + PATH)
})

test('completes the page with one navigation more when the server dies and comes back', async ({
  page,
  relay,
  server,
  expected,
}) => {
  expected.push(LOSSES)
  await using again = await startServer(appFolder('shop'), { SHOP_DELAY_MS: '60' })
  await install(page, relay)
  const before = pageRequests(relay).length
  await openUntilFirstHole(page, relay.origin)
  relay.turnTo(again.port)
  await server.kill()
  await expect(page.getByTestId('stock')).toBeVisible()
  await expectHydrated(page)
  // The first GET is the worker's: it checks whether a reload would find a page.
  expect(pageRequests(relay).slice(before)).toEqual([`POST ${PATH}`, `GET ${PATH}`, `GET ${PATH}`])
})

async function openUntilFirstHole(page: Page, origin: string): Promise<void> {
  await page.goto(origin + PATH, { waitUntil: 'commit' })
  await page.waitForFunction(
    () =>
      document.querySelector('[data-testid=price]')?.textContent === '£89.00' &&
      document.querySelector('[data-skeleton=stock]') !== null,
  )
}

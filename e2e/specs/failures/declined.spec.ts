// Responses that must not become part of a page: a record that was damaged in transit, a server error, an expired login, a database
// that never answers.

import { expect, expectHydrated, install, pageRequests, test, untilControlled, visit } from '../../harness/fixtures.ts'
import { blockTable } from '../../harness/in-page/store-faults.ts'

const RECORD = /\/shell-cache\/record\.[\w-]{43}\.txt$/
const PATH = '/products/tide-lamp'

test('leaves out a record whose bytes were damaged on the way', async ({ page, relay, expected }) => {
  expected.push(/\[shell-cache\] 1 shells were left out/)
  let damaged = ''
  relay.fault = ({ url = '' }) => {
    if (damaged === '' && RECORD.test(url)) damaged = url
    return url === damaged ? { status: 200, body: `NSC1${'\0'.repeat(600)}` } : undefined
  }
  await page.goto(`${relay.origin}/`)
  expect((await untilControlled(page)).records).toBe(9)
})

test('shows the server’s own error page when it is in trouble', async ({ page, relay, expected }) => {
  expected.push(/status of 503/, /Minified React error #412/)
  await install(page, relay)
  const body = '<!doctype html><title>Trouble</title><h1>Back in a minute</h1>'
  relay.fault = ({ url }) =>
    url === PATH ? { status: 503, headers: { 'content-type': 'text/html' }, body } : undefined
  const before = pageRequests(relay).length
  await page.goto(relay.origin + PATH, { waitUntil: 'commit' })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Back in a minute')
  expect(pageRequests(relay).slice(before)).toEqual([`POST ${PATH}`, `GET ${PATH}`, `GET ${PATH}`])
})

test('follows a redirect that the server answers in a page’s place', async ({ page, relay, expected }) => {
  expected.push(/Minified React error #412/)
  await install(page, relay)
  relay.fault = ({ url }) => (url === PATH ? { status: 307, headers: { location: '/cart' } } : undefined)
  await page.goto(relay.origin + PATH, { waitUntil: 'commit' })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your cart')
  expect(new URL(page.url()).pathname).toBe('/cart')
})

test('serves the network page when the database is there and does not answer', async ({
  page,
  profile,
  relay,
  expected,
}) => {
  // The icon has no icon of its own.
  expected.push(/status of 404/)
  await install(page, relay)
  const holder = await profile.newPage()
  await holder.goto(`${relay.origin}/icon.svg`)
  await holder.evaluate(blockTable)
  expect((await visit(page, relay, PATH)).outcome).toBeUndefined()
  expect(pageRequests(relay).at(-1)).toBe(`GET ${PATH}`)
  await expectHydrated(page)
})

test('asks once for back and forward, by the rest of the shell', async ({ page, relay }) => {
  await install(page, relay)
  await visit(page, relay, PATH)
  await visit(page, relay, '/cart')
  const before = pageRequests(relay).length
  await page.goBack()
  await expect(page.getByTestId('price')).toHaveText('£89.00')
  await expectHydrated(page)
  expect(pageRequests(relay).slice(before)).toEqual([`POST ${PATH}`])
})

// The build's compression dictionary in a real Chromium, with navigation preload: it is fetched once, after the first page from a shell,
// and from then on rests have less than half of the bytes. On a Node that cannot compress with it nothing changes.

import { gunzipSync } from 'node:zlib'

import type { Page } from '@playwright/test'

import { HAS_DICTIONARIES } from '../../../origin/test-app.ts'
import { expect, expectHydrated, install, test, visit } from '../../harness/fixtures.ts'
import type { Exchange, Relay } from '../../harness/servers/relay.ts'

test.use({ appName: 'shop-preload' })

const PATH = '/products/tide-lamp'
const isForDictionary = ({ url }: Exchange): boolean => url.includes('/dictionary.')

/** Passes the browser's encodings on: by default the relay requests no compression. */
function passEncodings(relay: Relay): void {
  relay.added = (at) => ({ 'accept-encoding': relay.exchanges[at]?.headers['accept-encoding'] ?? 'identity' })
}

/** Opens a page. Returns what the server has sent for it. */
async function open(page: Page, relay: Relay, path: string): Promise<Exchange> {
  const before = relay.exchanges.length
  expect((await visit(page, relay, path)).outcome, path).toBe('instant')
  const asked = relay.exchanges.slice(before).filter(({ headers }) => headers['sec-fetch-mode'] === 'navigate')
  expect(asked.map(({ url, answer }) => [url, String(answer['shell-cache-verdict']).split(';')[0]])).toEqual([
    [path, 'resumed'],
  ])
  const [rest] = asked
  if (!rest) throw new Error('nothing was asked')
  return rest
}

test('compresses what follows shells with the build’s dictionary, where this Node can', async ({ page, relay }) => {
  passEncodings(relay)
  await install(page, relay)
  expect(relay.exchanges.filter(isForDictionary), 'a first visit pays nothing').toEqual([])
  const first = await open(page, relay, PATH)
  expect(first.answer['content-encoding']).toBe('gzip')
  if (!HAS_DICTIONARIES) {
    expect(first.answer['shell-cache-dictionary']).toBeUndefined()
    return
  }
  await expect.poll(() => relay.exchanges.filter(isForDictionary).map(({ isEnded }) => isEnded)).toEqual([true])
  // Chromium stores the dictionary in its own database, and uses it as soon as that is done.
  const sent: Exchange[] = []
  await expect
    .poll(async () => {
      const rest = await open(page, relay, '/cart')
      sent.push(rest)
      return rest.answer['content-encoding']
    })
    .toBe('dcz')
  const again = await open(page, relay, PATH)
  expect(again.answer['content-encoding']).toBe('dcz')
  expect(again.body.length).toBeLessThan(first.body.length / 2)
  await expectHydrated(page)
  await expect(page.locator('main')).toContainText(textIn(gunzipSync(first.body).toString()))
  expect(relay.exchanges.filter(isForDictionary)).toHaveLength(1)
})

/** A text that only the rest of that page has. */
function textIn(rest: string): string {
  const [, said = ''] = />(\d+ in stock|Made to order)</.exec(rest) ?? []
  return said.replace(/^\d+ /, '')
}

test('reloads a page once if its rest cannot be decompressed', async ({ page, relay, expected }) => {
  await install(page, relay)
  const { answer } = await open(page, relay, PATH)
  await page.goto(`${relay.origin}/about`)
  expected.push(/ERR_/)
  // Only the rest, with our origin's headers but with other bytes.
  relay.fault = ({ headers, url }) =>
    url === PATH && headers['service-worker-navigation-preload'] && !headers['cache-control']
      ? {
          status: 200,
          headers: {
            'content-type': 'text/html',
            'content-encoding': 'dcz',
            'shell-cache-verdict': String(answer['shell-cache-verdict']),
          },
          body: 'not Zstandard',
        }
      : undefined
  const before = relay.exchanges.length
  await page.goto(relay.origin + PATH)
  await expect(page.locator('main')).toContainText(/in stock|Made to order/)
  await expectHydrated(page)
  const navigations = relay.exchanges.slice(before).filter(({ headers }) => headers['sec-fetch-dest'] === 'document')
  expect(navigations.map(({ url }) => url)).toEqual([PATH, PATH])
})

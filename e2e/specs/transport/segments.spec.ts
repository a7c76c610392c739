// The router's requests for stored pages are answered in the browser even with a network: on a second visit, a page full of links costs no
// prefetch, and a link navigates immediately. Afterwards the worker sends one check for each page, mostly answered without a body.

import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'

import { ENGINES } from '../../engines/driver.ts'
import { expect as expectTab, test as engines } from '../../engines/fixtures.ts'
import { install as installTab } from '../../engines/page.ts'
import { expect, install, pageRequests, test as base, visit } from '../../harness/fixtures.ts'
import { startServer } from '../../harness/servers/server.ts'
import { copyApp, install as installFresh, rename, untilQuiet } from '../changes/fresh.ts'

const SEGMENT = 'next-router-segment-prefetch'

/** Runs in a page. Returns what its router would get. */
async function readSegment([path, segment]: readonly [path: string, segment: string]): Promise<string> {
  const headers = { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': segment }
  return (await fetch(path, { headers, cache: 'no-store' })).text()
}

const isPrefetch = ({ headers }: Pick<IncomingMessage, 'headers'>): boolean => SEGMENT in headers
const isQuestion = ({ headers }: Pick<IncomingMessage, 'headers'>): boolean => 'shell-cache-record' in headers

base.describe('of the shop', () => {
  const test = base
  test.use({ isWholeBrowser: true })

  test('costs a page of links no prefetch at its second visit, and one question a page', async ({ page, relay }) => {
    await install(page, relay)
    await visit(page, relay, '/products')
    await untilQuiet(relay)
    expect(relay.exchanges.filter(isPrefetch).length, 'what the network had to answer before').toBeGreaterThan(0)
    const since = relay.exchanges.length
    await visit(page, relay, '/products')
    await untilQuiet(relay)
    const asked = relay.exchanges.slice(since)
    const stored = asked.filter(isPrefetch).filter(({ url }) => !/rain-coat|\?/.test(url))
    expect(stored.map(({ url }) => url)).toEqual([])
    const questions = asked.filter(isQuestion).map(({ url }) => url)
    expect(questions.toSorted()).toEqual([...new Set(questions)].toSorted())
  })

  test('opens a link from the record as soon as the page is there, with its holes from the server', async ({
    page,
    relay,
    expected,
  }) => {
    // On a busy machine the store may take more than half a second; then the prefetch goes to the server.
    expected.push(/status of 500/)
    await install(page, relay)
    await visit(page, relay, '/products')
    await untilQuiet(relay)
    relay.fault = ({ headers }) =>
      SEGMENT in headers ? { status: 500, body: 'no prefetch is for the server' } : undefined
    const pages = pageRequests(relay).length
    await visit(page, relay, '/')
    await page.getByTestId('product-card').first().click()
    await expect(page).toHaveURL(/\/products\/[a-z-]+$/)
    await expect(page.getByTestId('price')).toBeVisible()
    expect(pageRequests(relay).slice(pages), 'one document').toEqual(['POST /'])
  })
})

base.describe('of what changes', () => {
  const test = base.extend({
    server: async ({ appName }, use, info) => {
      await using copy = await copyApp(appName, info.testId)
      await using server = await startServer(copy.folder, { FRESH_NAMES: join(copy.folder, 'names.json') })
      await use(server)
    },
  })
  test.use({ appName: 'fresh' })

  test('shows once more what somebody else has changed, and never what the visitor has', async ({ page, relay }) => {
    await installFresh(page, relay)
    const read = (): Promise<string> => page.evaluate(readSegment, ['/', '/__PAGE__'] as const)
    await untilQuiet(relay)
    await rename(relay, 'home', 'home 2', '&now')
    expect(await read(), 'what was stored, and a question').not.toContain('home 2')
    await untilQuiet(relay)
    expect(await read()).toContain('home 2')
    await page.evaluate(() => fetch('/api/names?id=home&name=home 3&now&tell=name-home', { method: 'POST' }))
    expect(await read(), 'the visitor’s own').toContain('home 3')
  })
})

for (const engine of ENGINES)
  engines.describe(engine, { tag: `@${engine}` }, () => {
    engines.use({ engine })

    engines('answers the router from the store, and asks behind it', async ({ tab, relay }) => {
      await installTab(tab, relay)
      const network = await tab.run(readSegment, ['/', '/nowhere'] as const)
      await untilQuiet(relay)
      const since = relay.exchanges.length
      const tree = await tab.run(readSegment, ['/', '/_tree'] as const)
      expectTab(tree).not.toBe(network)
      await untilQuiet(relay)
      const asked = relay.exchanges.slice(since).filter(({ url }) => !url.startsWith('/sw.js'))
      expectTab(asked.map(({ method, url }) => `${method} ${url}`)).toEqual(['POST /'])
      expectTab(asked[0]?.headers['shell-cache-record']).toMatch(/; have=\S{43}; segments=\S{43}$/)
      expectTab(asked[0]?.answer['shell-cache-verdict']).toMatch(/^recorded; /)
      expectTab(asked[0]?.answer['content-length'], 'nothing has changed').toBe('0')
      expectTab(await tab.run(readSegment, ['/', '/_tree'] as const)).toBe(tree)
      await untilQuiet(relay)
      expectTab(relay.exchanges.slice(since).filter(isQuestion), 'once a minute').toHaveLength(1)
    })
  })

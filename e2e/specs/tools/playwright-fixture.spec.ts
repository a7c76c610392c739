// The fixture and the matcher of `next-shell-cache/playwright` with the example: what they read, their messages, and that offline means
// offline for everything that the browser does.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'

import { mergeExpects, mergeTests, type Page, test as playwright } from '@playwright/test'

import { expect as ourExpect, shellCacheOf, test as ours } from '../../../playwright/index.ts'
import { startNetwork } from '../../../playwright/network.ts'
import { FLAGS, WHOLE_BROWSER } from '../../harness/browser.ts'
import { appFolder } from '../../harness/paths.ts'
import { type RunningServer, startServer } from '../../harness/servers/server.ts'

/** The text of a file that has no end. */
const ENDLESS = 'it goes on'

/** A user's own fixtures, to which ours is added. */
const theirs = playwright.extend<{ serve: (files: Record<string, string>) => Promise<string> }, { app: RunningServer }>(
  {
    app: [
      // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names out of the pattern
      async ({}, use) => {
        await using server = await startServer(appFolder('shop'), { SHOP_DELAY_MS: '60' })
        await use(server)
      },
      { scope: 'worker' },
    ],
    baseURL: ({ app }, use) => use(`http://localhost:${app.port}`),
    // oxlint-disable-next-line eslint/no-empty-pattern -- as above
    serve: async ({}, use) => {
      const servers: ReturnType<typeof createServer>[] = []
      await use(async (files) => {
        const server = createServer(({ url = '' }, response) => {
          const type = url.endsWith('.js') ? 'text/javascript' : 'text/html'
          const body = files[url]
          response.writeHead(body === undefined ? 404 : 200, { 'content-type': type }).write(body ?? '')
          if (body !== ENDLESS) response.end()
        })
        servers.push(server.listen(0, 'localhost'))
        await once(server, 'listening')
        return `http://localhost:${(server.address() as AddressInfo).port}/`
      })
      for (const server of servers) {
        server.close()
        server.closeAllConnections()
      }
    },
  },
)
const test = mergeTests(theirs, ours)
const expect = mergeExpects(playwright.expect, ourExpect)

test.use({ launchOptions: { args: FLAGS, ...WHOLE_BROWSER } })

/** The number of documents that replace each other: one less than a call may lose. */
const TURNS = 3

const AT_ONCE = { timeout: 1 }
const SOON = { timeout: 300 }

/** The assertion's message if it fails for the page. */
async function complaintOf(page: Page): Promise<string> {
  const failure: unknown = await expect(page)
    .toHaveServedShell(undefined, AT_ONCE)
    .catch((error: unknown) => error)
  return String(failure)
}

test('says how a page came, and why not from a shell', async ({ page, shellCache }) => {
  await page.goto('/')
  expect(await complaintOf(page)).toMatch(/\/ came from the network\.\n.*first visit/)
  expect(await shellCache.served()).toBeUndefined()
  await shellCache.ready()
  expect(await complaintOf(page)).toContain('The worker came after it: this was a first visit.')
  await page.goto('/about')
  expect(await shellCache.served()).toEqual({ outcome: 'static', stale: false, age: expect.any(Number) })
  await page.reload()
  expect(await complaintOf(page)).toContain('It was reloaded')
  await page.goto('/cart')
  await page.goBack()
  // `goBack()` may resolve earlier, if `/cart` hydrates meanwhile: for Playwright, Next's `replaceState()` is a navigation.
  await page.waitForURL('/about')
  expect(await shellCache.served()).toMatchObject({ outcome: 'static' })
  await page.goto('/no-such-page')
  expect(await complaintOf(page)).toMatch(/no shell for \/no-such-page: it has .*\/products\/\[slug\].* and 2 more\./)
})

test('tells the outcomes apart, and waits for a navigation that is under way', async ({ page, shellCache }) => {
  await page.goto('/')
  await shellCache.ready()
  await page.goto('/')
  await expect(page).toHaveServedShell()
  await expect(page).not.toHaveServedShell('static')
  await expect(expect(page).not.toHaveServedShell('instant', AT_ONCE)).rejects.toThrow(
    /was served "instant", from a shell/,
  )
  await page.evaluate(() => void setTimeout(() => location.assign('/about'), 300))
  await expect(page).toHaveServedShell('static')
  await expect(expect(page).toHaveServedShell('instant', AT_ONCE)).rejects.toThrow(/has no holes/)
})

test('asks the next document if a navigation takes away the one that it asked', async ({ page, shellCache, serve }) => {
  const next = `<!doctype html><script>
    const turn = Number(new URLSearchParams(location.search).get('turn'))
    if (turn < ${TURNS}) setTimeout(() => location.replace('/?turn=' + (turn + 1)), 50)
    else document.title = 'done'
  </script>`
  const paths = Array.from({ length: TURNS + 1 }, (_, turn) => `/?turn=${turn}`)
  const url = await serve(Object.fromEntries(paths.map((path) => [path, next])))
  // The moment of a navigation is random, so there are many rounds.
  for (let round = 0; round < 10; round += 1) {
    await page.goto(`${url}?turn=0`, { waitUntil: 'commit' })
    while ((await page.title().catch(() => '')) !== 'done') expect(await shellCache.served()).toBeUndefined()
  }
})

test('reads what is stored', async ({ page, shellCache }) => {
  await page.goto('/')
  const before = Date.now()
  expect(await shellCache.records()).toEqual(expect.any(Array))
  await shellCache.ready()
  const records = await shellCache.records()
  expect(records).toHaveLength(10)
  const about = records.find(({ key }) => key === '/about')
  expect(about).toMatchObject({ kind: 'static', isInvalidated: false, digest: expect.stringMatching(/^[\w-]{43}$/) })
  expect(about?.bytes).toBeGreaterThan(1000)
  expect(Math.abs((about?.receivedAt ?? 0) - before)).toBeLessThan(60_000)
  expect(records.find(({ key }) => key === '/products/[slug]')?.kind).toBe('resuming')
})

test('reads nothing, and makes nothing, if no worker was', async ({ page, shellCache, serve }) => {
  await page.goto(await serve({ '/': '<!doctype html>' }))
  expect(await shellCache.records()).toEqual([])
  expect(await page.evaluate(() => indexedDB.databases())).toEqual([])
})

test('stops the worker, and lets the next navigation start it', async ({ page, context, shellCache }) => {
  await page.goto('/')
  await shellCache.ready()
  const session = await context.newCDPSession(await context.newPage())
  const running: string[] = []
  session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
    running.push(...versions.map(({ runningStatus }) => runningStatus))
  })
  await session.send('ServiceWorker.enable')
  await expect.poll(() => running.at(-1)).toBe('running')
  await shellCache.stopWorker()
  // Each session is told separately: this one may get the event a moment later.
  await expect.poll(() => running.at(-1)).toBe('stopped')
  await shellCache.stopWorker()
  running.length = 0
  await page.goto('/')
  await expect(page).toHaveServedShell('instant')
  await expect.poll(() => running.at(-1)).toBe('running')
})

test('takes the network away from pages, workers and requests, wherever they lead', async ({
  page,
  context,
  browser,
  request,
  baseURL,
  shellCache,
  serve,
}) => {
  const elsewhere = await serve({ '/': 'hello' })
  const [other, apart] = [await context.newPage(), await (await browser.newContext()).newPage()]
  await other.goto(elsewhere)
  await page.goto('/')
  expect(new URL(page.url()).origin, 'the app has the origin of the config').toBe(baseURL)
  await shellCacheOf(page).ready()
  const visits = [
    () => request.get('/'),
    () => other.evaluate((url) => fetch(url, { mode: 'no-cors' }).then(({ type }) => type), elsewhere),
    () => apart.goto(elsewhere),
  ]
  for (const visit of visits) await visit()

  await shellCache.goOffline()
  for (const visit of visits) await expect(visit()).rejects.toThrow(/ECONNREFUSED|ERR_PROXY|ERR_SOCKS|Failed to fetch/)
  await page.goto('/cart')
  await expect(page).toHaveServedShell('offline')

  await shellCache.goOnline()
  await expect(page.getByTestId('cart-lines')).toBeVisible()
  for (const visit of visits) await visit()
})

test('breaks what is on its way when the network goes', async ({ page, shellCache, serve }) => {
  await page.goto(await serve({ '/': '<!doctype html>', '/endless': ENDLESS }))
  const reading = await page.evaluateHandle(async () => {
    const { body } = await fetch('/endless')
    return { ended: new Response(body).text().then(String, String) }
  })
  await shellCache.goOffline()
  expect(await reading.evaluate(({ ended }) => ended)).toContain('TypeError')
})

test.describe('where the app is not as it must be', () => {
  test('says that there is no worker', async ({ page, shellCache, serve }) => {
    await page.goto(await serve({ '/': '<!doctype html>' }))
    await expect(shellCache.ready(SOON)).rejects.toThrow(
      /After 0\.3 s http:\S+ has no worker\. Read what the build says/,
    )
  })

  test('says that the worker is another’s', async ({ page, shellCache, serve }) => {
    const script = `navigator.serviceWorker.register('/sw.js')`
    const worker = `addEventListener('activate', (event) => event.waitUntil(clients.claim()))`
    await page.goto(await serve({ '/': `<!doctype html><script>${script}</script>`, '/sw.js': worker }))
    await page.evaluate(() => navigator.serviceWorker.ready)
    await expect(shellCache.ready({ timeout: 2000 })).rejects.toThrow(/http:\S+\/sw\.js, has not answered as ours does/)
  })

  test('says that the worker is elsewhere', async ({ page, shellCache, serve }) => {
    await page.goto(await serve({ '/': '<!doctype html>', '/docs/sw.js': '' }))
    await page.evaluate(() => navigator.serviceWorker.register('/docs/sw.js'))
    await expect(shellCache.ready(SOON)).rejects.toThrow(
      /no worker controls \/, though http:\S+ has one for http:\S+\/docs\//,
    )
  })

  test('says that the origin is not secure', async ({ page, shellCache }) => {
    await page.route('http://shop.test/', (route) => route.fulfill({ body: '', contentType: 'text/html' }))
    await page.goto('http://shop.test/')
    await expect(shellCache.ready(SOON)).rejects.toThrow(/no service workers at http:\/\/shop\.test/)
  })
})

test.describe('behind a proxy of the user’s', () => {
  test.use({
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names out of the pattern
    proxy: async ({}, use) => {
      await using network = await startNetwork()
      await use({ server: network.server })
    },
  })

  test('says that it cannot go offline', async ({ page, shellCache }) => {
    await page.goto('/')
    await expect(shellCache.goOffline()).rejects.toThrow(/http:\S+ was reached past it/)
  })
})

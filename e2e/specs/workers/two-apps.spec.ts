// Two apps on one origin, like zones on one host: each worker shows, keeps and deletes only what belongs to its own app, although both have
// pages at the same paths, the same build id and the same secret.

import { readRecords } from '../../../playwright/records.ts'
import { expect, install, LOSS, test, visit } from '../../harness/fixtures.ts'
import { PLAIN_SECRET } from '../../harness/builds/build-apps.ts'
import { appFolder } from '../../harness/paths.ts'
import type { Relay } from '../../harness/servers/relay.ts'
import { startServer } from '../../harness/servers/server.ts'
import type { Page } from '@playwright/test'

const ENV = { SHELL_CACHE_SECRET: PLAIN_SECRET }
test.use({ serverEnv: ENV })

test.describe('with one build id', () => {
  test.use({ appName: 'plain-rooted' })

  test('shows each app’s own pages, online and offline', async ({ page, relay, expected }) => {
    await using docs = await startServer(appFolder('plain'), ENV)
    await installBoth(page, relay, docs.port)
    const pages = [
      ['/', 'Root', 'instant'],
      ['/docs/', 'Bare', 'instant'],
      ['/still/', 'Still of Root', 'static'],
      ['/docs/still/', 'Still of Bare', 'static'],
    ] as const
    const answers = documents(page)
    // In turns, and twice: each app would find what the other has left.
    for (const [path, heading, outcome] of [...pages, ...pages]) {
      expect((await visit(page, relay, path)).outcome, path).toBe(outcome)
      await expect(page.getByRole('heading')).toHaveText(heading)
    }
    expect(answers, 'no page was loaded anew').toHaveLength(2 * pages.length)
    expected.push(LOSS, /React error #419/)
    await relay.down()
    for (const [path, heading] of pages) {
      await page.goto(relay.origin + path)
      await expect(page.getByRole('heading')).toHaveText(heading)
    }
    await relay.up()
  })
})

test.describe('with build ids of their own', () => {
  test.use({ appName: 'shop' })

  test('deletes nothing that is the other app’s', async ({ page, relay }) => {
    await using docs = await startServer(appFolder('plain'), ENV)
    await install(page, relay)
    const ofShop = await storedIn(page)
    expect(ofShop.length).toBeGreaterThan(0)
    // The other worker activates, and keeps only one build of its app.
    await installBoth(page, relay, docs.port)
    const ofDocs = await readRecords(page)
    expect(new Set(ofDocs.map(({ buildId }) => buildId))).toEqual(new Set(['one-commit']))
    await page.goto(`${relay.origin}/about`)
    expect(await storedIn(page)).toEqual(ofShop)
    expect(await cachesOf(page)).toHaveLength(2)
    // Then everything that it has stored is purged.
    await page.goto(`${relay.origin}/docs/p/new/`)
    expect(await page.evaluate(purge)).toBe(true)
    expect(await readRecords(page)).toEqual([])
    await page.goto(`${relay.origin}/about`)
    expect(await storedIn(page)).toEqual(ofShop)
    expect(relay.exchanges.filter(({ status }) => status === 404).map(({ url }) => url)).toEqual([])
  })
})

/** The app below `/docs` has its own server. */
async function installBoth(page: Page, relay: Relay, docs: number): Promise<void> {
  relay.route = ({ url = '/' }) => (/^\/docs(\/|$)/.test(url) ? docs : undefined)
  await install(page, relay)
  await page.goto(`${relay.origin}/docs/`)
  const controller = () => page.evaluate(() => navigator.serviceWorker.controller?.scriptURL)
  await expect.poll(controller).toBe(`${relay.origin}/docs/sw.js`)
  await expect.poll(async () => (await readRecords(page)).length).toBeGreaterThan(0)
}

function documents(page: Page): string[] {
  const seen: string[] = []
  page.on('request', (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) seen.push(request.url())
  })
  return seen
}

/** Without times: a visit renews its record. */
async function storedIn(page: Page): Promise<string[]> {
  return (await readRecords(page)).map(({ buildId, key, digest }) => `${buildId} ${key} ${digest}`)
}

function cachesOf(page: Page): Promise<string[]> {
  return page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('next-shell-cache:')))
}

async function purge(): Promise<boolean> {
  const { port1, port2 } = new MessageChannel()
  const answered = new Promise<MessageEvent>((resolve) => (port1.onmessage = resolve))
  navigator.serviceWorker.controller?.postMessage({ type: 'shell-cache:purge' }, [port2])
  return (await answered).data.ok
}

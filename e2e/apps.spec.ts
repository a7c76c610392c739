// What the shop cannot show: a base path and trailing slashes, patterns that shadow each other, names beyond ASCII, large
// holes in parallel, and the lowest Next we claim.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, expectHydrated, install, pageRequests, test, untilControlled, visit } from './fixtures.ts'
import { PLAIN_SECRET } from './global-setup.ts'
import { appFolder, type AppName } from './paths.ts'
import type { Relay } from './relay.ts'
import { startServer } from './server.ts'

/** Sends a build's worker as it would be with the default: the builds of the suite ask by POST (build-app.ts). */
async function serveWithPreload(relay: Relay, app: AppName): Promise<void> {
  const worker = await readFile(join(appFolder(app), '.next', 'static', 'shell-cache', 'sw.js'), 'utf8')
  const body = worker.replace('"preload":false', '"preload":true')
  expect(body).not.toBe(worker)
  const { headers } = await fetch(`${relay.origin}${app === 'plain' ? '/docs' : ''}/sw.js`)
  const kept = ['content-type', 'cache-control', 'service-worker-allowed'].flatMap((name): [string, string][] => {
    const value = headers.get(name)
    return value === null ? [] : [[name, value]]
  })
  const answer = { status: 200, headers: Object.fromEntries(kept), body }
  relay.fault = ({ url }) => (url?.endsWith('/sw.js') ? answer : undefined)
}

/** What was asked of the server for pages since then, and what it said. */
const verdictsSince = (relay: Relay, since: number): string[] =>
  relay.exchanges
    .slice(since)
    .filter(({ headers }) => headers['sec-fetch-mode'] === 'navigate' || headers['shell-cache-resume'] !== undefined)
    .map(({ method, answer }) => `${method} ${String(answer['shell-cache-verdict'] ?? 'whole').split(';')[0]}`)

test.describe('below a base path, with trailing slashes', () => {
  test.use({ isServerShared: true, appName: 'plain', serverEnv: { SHELL_CACHE_SECRET: PLAIN_SECRET } })

  for (const [path, heading] of [
    ['/docs/', 'Bare'],
    ['/docs/p/a/', 'a'],
    ['/docs/p/other/', 'other'],
    ['/docs/p/k%C3%A4se/', 'käse'],
    ['/docs/all/one/two/three/', 'one two three'],
  ] as const) {
    test(`opens ${path} from a shell`, async ({ page, relay }) => {
      await install(page, relay, '/docs/p/new/')
      const before = pageRequests(relay).length
      const { outcome } = await visit(page, relay, path)
      expect(outcome).toBe('instant')
      expect(pageRequests(relay).slice(before)).toEqual([`POST ${path}`])
      expect(relay.exchanges.findLast(({ method }) => method === 'POST')?.answer['shell-cache-verdict']).toMatch(
        /^resumed/,
      )
      await expect(page.getByRole('heading')).toHaveText(heading)
      await expectHydrated(page)
    })

    test(`opens ${path} by preload`, async ({ page, relay }) => {
      await serveWithPreload(relay, 'plain')
      await install(page, relay, '/docs/p/new/')
      const since = relay.exchanges.length
      expect((await visit(page, relay, path)).outcome).toBe('instant')
      expect(verdictsSince(relay, since)).toEqual(['GET resumed'])
      await expect(page.getByRole('heading')).toHaveText(heading)
    })
  }

  test('keeps what a pattern must not answer to the network', async ({ page, relay, expected }) => {
    expected.push(/favicon|status of 404/)
    await install(page, relay, '/docs/')
    for (const path of ['/docs/p/feed/', '/docs/p/file.txt', '/docs/p/new/']) {
      const response = await page.goto(relay.origin + path)
      expect(response?.headers()['server-timing'] ?? '', path).not.toContain('shell')
      expect(response?.status(), path).toBe(200)
    }
    await expectHydrated(page)
    const before = pageRequests(relay).length
    await page.goto(`${relay.origin}/docs/p/a`)
    expect(new URL(page.url()).pathname, 'Next redirects the other form').toBe('/docs/p/a/')
    expect(pageRequests(relay)[before]).toBe('GET /docs/p/a')
  })

  test('keeps large parallel holes in order and whole', async ({ page, relay }) => {
    await install(page, relay, '/docs/')
    expect((await visit(page, relay, '/docs/large/')).outcome).toBe('instant')
    for (const letter of ['a', 'b', 'c', 'd']) {
      await expect(page.locator(`[data-hole=${letter}]`)).toHaveText(letter.repeat(12_000))
    }
    await expectHydrated(page)
  })

  test('does not resume without the secret that the build had', async ({ page, relay }) => {
    await install(page, relay, '/docs/')
    await using locked = await startServer(appFolder('plain'))
    relay.turnTo(locked.port)
    const before = pageRequests(relay).length
    await visit(page, relay, '/docs/p/a/')
    expect(pageRequests(relay).slice(before)).toEqual(['POST /docs/p/a/', 'GET /docs/p/a/'])
    await expectHydrated(page)
    expect(locked.output().match(/\[shell-cache\] SHELL_CACHE_SECRET is not set\./g)).toHaveLength(1)
  })
})

test.describe('on the lowest Next that we claim', () => {
  test.use({ isServerShared: true, appName: 'lowest' })

  test('opens every kind of page from a shell', async ({ page, relay }) => {
    expect(await readFile(join(appFolder('lowest'), 'node_modules/next/package.json'), 'utf8')).toContain(
      '"version": "16.2.5"',
    )
    await install(page, relay)
    expect((await untilControlled(page)).records).toBe(4)
    for (const [path, outcome, requests] of [
      ['/', 'instant', ['POST /']],
      ['/p/a', 'instant', ['POST /p/a']],
      ['/p/other', 'instant', ['POST /p/other']],
      ['/p/k%C3%A4se', 'instant', ['POST /p/k%C3%A4se']],
      ['/about', 'static', []],
    ] as const) {
      const before = pageRequests(relay).length
      expect((await visit(page, relay, path)).outcome).toBe(outcome)
      expect(pageRequests(relay).slice(before)).toEqual(requests)
      await expectHydrated(page)
    }
  })

  test('opens them by preload', async ({ page, relay }) => {
    await serveWithPreload(relay, 'lowest')
    await install(page, relay)
    for (const path of ['/', '/p/a', '/p/other', '/p/k%C3%A4se']) {
      const since = relay.exchanges.length
      expect((await visit(page, relay, path)).outcome, path).toBe('instant')
      expect(verdictsSince(relay, since), path).toEqual(['GET resumed'])
    }
  })

  test('shows the bare shell without a network, and loads the page when it is back', async ({
    page,
    relay,
    expected,
  }) => {
    // This Next starts React without being told to, which says of a shell without its rest that it was cut.
    expected.push(/ERR_CONNECTION_REFUSED|React error #412|Connection closed/)
    await install(page, relay)
    await visit(page, relay, '/')
    await relay.down()
    await page.goto(`${relay.origin}/p/a`)
    await expect(page.locator('h1')).toBeVisible()
    await expect(page.locator('[data-skeleton]')).not.toHaveCount(0)
    await relay.up()
    await expect(page.locator('[data-skeleton]')).toHaveCount(0)
    await expectHydrated(page)
  })
})

// What the shop cannot show: a base path and trailing slashes, patterns that shadow each other, names beyond ASCII, large
// holes in parallel.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { serveWithPreload, verdictsSince } from '../../harness/builds/as-preload.ts'
import { expect, expectHydrated, install, LOSS, pageRequests, test, visit } from '../../harness/fixtures.ts'
import { PLAIN_SECRET } from '../../harness/builds/build-apps.ts'
import { appFolder } from '../../harness/paths.ts'
import { startServer, warmUp } from '../../harness/servers/server.ts'

test.describe('below a base path, with trailing slashes', () => {
  test.use({ appName: 'plain', serverEnv: { SHELL_CACHE_SECRET: PLAIN_SECRET }, isVisitorKept: true })

  const PAGES = [
    ['/docs/', 'Bare'],
    ['/docs/p/a/', 'a'],
    ['/docs/p/other/', 'other'],
    ['/docs/p/k%C3%A4se/', 'käse'],
    ['/docs/all/one/two/three/', 'one two three'],
  ] as const

  for (const [path, heading] of PAGES)
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

  test('leaves to its route a path that also fits the shell of another one', async ({ page, relay }) => {
    await install(page, relay, '/docs/')
    expect((await visit(page, relay, '/docs/shelf/tools/unlisted/')).outcome).toBe('instant')
    const before = pageRequests(relay).length
    expect((await visit(page, relay, '/docs/shelf/tools/sold/')).outcome).toBeUndefined()
    await expect(page.getByRole('heading')).toHaveText('sold tools')
    await expectHydrated(page)
    expect(pageRequests(relay)[before]).toBe('GET /docs/shelf/tools/sold/')
  })

  test('keeps large parallel holes in order and whole', async ({ page, relay }) => {
    await install(page, relay, '/docs/')
    expect((await visit(page, relay, '/docs/large/')).outcome).toBe('instant')
    for (const letter of ['a', 'b', 'c', 'd']) {
      await expect(page.locator(`[data-hole=${letter}]`)).toHaveText(letter.repeat(12_000))
    }
    await expectHydrated(page)
  })

  test.describe('with another worker, and from another server', () => {
    test.use({ isVisitorKept: false })

    test('opens pages if the host sends the worker as a plain file, without the header for its scope', async ({
      page,
      relay,
      expected,
    }) => {
      // The browser reports why it does not accept the wider scope.
      expected.push(/max scope allowed/)
      const worker = await readFile(join(appFolder('plain'), '.next', 'static', 'shell-cache', 'sw.js'))
      const file = { status: 200, headers: { 'content-type': 'text/javascript' }, body: worker }
      relay.fault = ({ url }) => (url === '/docs/sw.js' ? file : undefined)
      await install(page, relay, '/docs/p/new/')
      expect((await visit(page, relay, '/docs/p/a/')).outcome).toBe('instant')
      await expectHydrated(page)
      const scopes = page.evaluate(async () =>
        (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => new URL(scope).pathname),
      )
      expect(await scopes).toEqual(['/docs/'])
    })

    test('opens each by preload', async ({ page, relay }) => {
      await serveWithPreload(relay, 'plain')
      await install(page, relay, '/docs/p/new/')
      for (const [path, heading] of PAGES) {
        const since = relay.exchanges.length
        expect((await visit(page, relay, path)).outcome, path).toBe('instant')
        expect(verdictsSince(relay, since), path).toEqual(['GET resumed'])
        await expect(page.getByRole('heading')).toHaveText(heading)
      }
    })

    test('does not resume without the secret that the build had', async ({ page, relay, expected }) => {
      expected.push(LOSS)
      await install(page, relay, '/docs/')
      await using locked = await startServer(appFolder('plain'))
      await warmUp(locked, '/docs/p/a/')
      relay.turnTo(locked.port)
      const before = pageRequests(relay).length
      await visit(page, relay, '/docs/p/a/')
      expect(pageRequests(relay).slice(before)).toEqual(['POST /docs/p/a/', 'GET /docs/p/a/'])
      await expectHydrated(page)
      expect(locked.output().match(/\[shell-cache\] SHELL_CACHE_SECRET is not set\./g)).toHaveLength(1)
    })
  })
})

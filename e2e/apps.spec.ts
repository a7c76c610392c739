// What the shop cannot show: a base path and trailing slashes, patterns that shadow each other, names beyond ASCII, large
// holes in parallel, pages that a proxy or a rule of next.config takes out of the shell cache, and the lowest Next we claim.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, expectHydrated, install, pageRequests, test, untilControlled, visit } from './fixtures.ts'
import { PLAIN_SECRET } from './global-setup.ts'
import { appFolder } from './paths.ts'
import { startServer } from './server.ts'

const buildLog = (app: string): Promise<string> => readFile(join(appFolder(app), 'build.log'), 'utf8')

test.describe('below a base path, with trailing slashes', () => {
  test.use({ appName: 'plain', serverEnv: { SHELL_CACHE_SECRET: PLAIN_SECRET } })

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

test.describe('beside a proxy and rules of next.config', () => {
  test.use({ appName: 'proxied' })

  test('says in the build’s table why a page is off', async () => {
    const log = await buildLog('proxied')
    expect(log).toMatch(/^\/account +off +a proxy can match it/m)
    expect(log).toMatch(/^\/team\/\[slug\] +off +a proxy can match it/m)
    expect(log).toMatch(/^\/moved +off +a redirect can match it/m)
    expect(log).toMatch(/^\/rewritten +off +a rewrite can match it/m)
    expect(log).toMatch(/^\/conditional +off +a rule of headers\(\) depends on the request/m)
    expect(log).toMatch(/^\/p\/\[slug\] +off +a rule of headers\(\) repeats a part of the path/m)
    expect(log).toMatch(/^\/p\/a +instant/m)
    expect(log).toMatch(/^\/open +instant/m)
  })

  test('leaves guarded pages to the network and its proxy', async ({ page, relay }) => {
    await install(page, relay)
    await page.goto(`${relay.origin}/account`)
    expect(new URL(page.url()).pathname).toBe('/login')
    await page.goto(`${relay.origin}/team/red`)
    expect(new URL(page.url()).pathname).toBe('/login')
    await page.goto(`${relay.origin}/moved`)
    expect(new URL(page.url()).pathname).toBe('/')
    const { outcome, response } = await visit(page, relay, '/p/a')
    expect(outcome).toBe('instant')
    expect(response.headers()['x-slug']).toBe('a')
    expect((await visit(page, relay, '/p/other')).outcome).toBeUndefined()
  })

  test('refuses a resume of a guarded page, whoever asks', async ({ relay }) => {
    const manifest = JSON.parse(
      await readFile(join(appFolder('proxied'), '.next/server/shell-cache/origin.json'), 'utf8'),
    )
    const reference = `${manifest.buildId}; shell=${manifest.records[0].digest}`
    const response = await fetch(`${relay.origin}/account`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'shell-cache-resume': reference },
    })
    expect(response.headers.get('shell-cache-verdict')).toBe('refused; reason=proxy')
    expect(await response.text()).toBe('')
  })
})

test.describe('on the lowest Next that we claim', () => {
  test.use({ appName: 'lowest' })

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
      ['/about', 'static', []],
    ] as const) {
      const before = pageRequests(relay).length
      expect((await visit(page, relay, path)).outcome).toBe(outcome)
      expect(pageRequests(relay).slice(before)).toEqual(requests)
      await expectHydrated(page)
    }
  })
})

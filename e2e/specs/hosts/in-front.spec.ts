// What nginx may do itself before it passes a request on: ask for a password, ask another server who the visitor is, answer from its cache. A page
// that is `gated` is shown to whom nginx lets through, and half a page is in nobody's cache.

import type { Page } from '@playwright/test'

import { expect, expectHydrated, install, test, visit } from '../../harness/fixtures.ts'
import { NGINX, startNginxWith } from '../../harness/hosts/nginx.ts'
import { keptRecords } from '../../harness/in-page/stored.ts'
import { signInWhenAsked } from '../../harness/in-page/sign-in.ts'
import { originFiles } from '../../harness/origin-files.ts'
import { appFolder } from '../../harness/paths.ts'
import { ask, type RawAnswer } from '../../harness/raw.ts'
import type { Relay } from '../../harness/servers/relay.ts'
import { startCustomServer } from '../../harness/servers/server.ts'

test.skip(NGINX === undefined, 'there is no nginx on this machine')

/** Guarded by nginx alone: the app's own guard, a header on a condition, lets everybody through. */
const GUARDED = '/conditional'

const isKept = async (page: Page): Promise<boolean> => (await keptRecords(page)).some(({ key }) => key === GUARDED)

/** Opens the guarded page until it comes from its shell, which only its visitor's browser has. */
async function openGuarded(page: Page, relay: Relay): Promise<void> {
  await expect.poll(async () => (await visit(page, relay, GUARDED)).outcome).toBe('gated')
  expect(await isKept(page)).toBe(true)
}

for (const appName of ['proxied', 'proxied-preload'] as const) {
  test.describe(appName, () => {
    test.use({ appName })

    test('shows a page behind a password to whom nginx lets through, and keeps it for no one else', async ({
      page,
      profile,
      relay,
      server,
      expected,
    }) => {
      expected.push(/status of 401/)
      const startWithPassword = (password: string) =>
        startNginxWith(server.port, {
          http: `map $uri $realm { default off; ${GUARDED} staff; }`,
          server: 'auth_basic $realm; auth_basic_user_file passwords;',
          files: { passwords: `ada:{PLAIN}${password}` },
        })
      await using nginx = await startWithPassword('secret')
      relay.turnTo(nginx.port)
      await install(page, relay)
      let password: string | undefined
      const asked = await signInWhenAsked(profile, page, () => password)
      const isTurnedAway = async (): Promise<void> => {
        const before = asked()
        const response = await page.goto(relay.origin + GUARDED)
        await expect(page.getByRole('heading', { name: '401 Authorization Required' })).toBeVisible()
        expect([response?.status(), asked() > before]).toEqual([401, true])
        await expect.poll(() => isKept(page)).toBe(false)
      }
      await isTurnedAway()
      password = 'secret'
      await openGuarded(page, relay)

      await using changed = await startWithPassword('another')
      relay.turnTo(changed.port)
      password = undefined
      await isTurnedAway()
    })

    test('sends a visitor who is logged out where nginx does, and keeps nothing for them', async ({
      page,
      profile,
      relay,
      server,
    }) => {
      await using nginx = await startNginxWith(server.port, {
        http: `map "$request_uri:$cookie_session" $refused { default 0; "~^${GUARDED}:$" 1; }`,
        server: `
          auth_request /who;
          error_page 401 = @login;
          location = /who { auth_request off; error_page 404 /404; if ($refused) { return 401; } return 204; }
          location @login { auth_request off; return 302 /login?from=$uri; }
          absolute_redirect off;`,
      })
      relay.turnTo(nginx.port)
      await profile.addCookies([{ name: 'session', value: 'ada', url: relay.origin }])
      await install(page, relay)
      await openGuarded(page, relay)

      await profile.clearCookies({ name: 'session' })
      const before = relay.exchanges.length
      const { response, outcome } = await visit(page, relay, GUARDED)
      expect(new URL(page.url()).pathname).toBe('/login')
      expect([response.status(), outcome]).not.toContain('gated')
      await expect.poll(() => isKept(page)).toBe(false)
      const sent = relay.exchanges.slice(before).filter(({ url }) => url === GUARDED)
      expect(new Set(sent.map(({ status }) => status))).toEqual(new Set([302]))
    })
  })
}

test.describe('with a cache that ignores Vary', () => {
  test.use({ appName: 'proxied-preload' })

  const startCache = (upstream: number) =>
    startNginxWith(upstream, {
      http: 'proxy_cache_path temp/cache keys_zone=pages:1m;',
      server: 'proxy_cache pages; proxy_ignore_headers Vary; add_header x-cache $upstream_cache_status;',
      isBuffering: true,
    })
  const cacheOf = ({ headers }: Pick<RawAnswer, 'headers'>) => headers['x-cache']

  test('gives a visitor without a worker the whole page, and one with a worker what is cached', async ({
    page,
    relay,
  }) => {
    // A word for caches alone, which stands above `Cache-Control: no-store`.
    const env = { HOST_HEADERS: JSON.stringify({ '/open': { 'x-accel-expires': '60' } }) }
    await using host = await startCustomServer(appFolder('proxied-preload'), 'custom-server.mjs', env)
    await using nginx = await startCache(host.port)
    relay.turnTo(nginx.port)
    const opened = async () => {
      const before = relay.exchanges.length
      expect((await visit(page, relay, '/open')).outcome).toBe('instant')
      await expectHydrated(page)
      const answer = relay.exchanges.slice(before).find(({ url }) => url === '/open')
      return { cache: answer?.answer['x-cache'], isWhole: answer?.body.includes('<!DOCTYPE html>') }
    }
    await install(page, relay)
    expect(await opened(), 'the rest of the page, by preload').toEqual({ cache: 'MISS', isWhole: false })

    const plain = () => ask(nginx.port, { path: '/open', method: 'GET' })
    for (const cache of ['MISS', 'HIT']) {
      const answer = await plain()
      expect([cacheOf(answer), answer.text.slice(0, 15)]).toEqual([cache, '<!DOCTYPE html>'])
    }
    expect(await opened()).toEqual({ cache: 'HIT', isWhole: true })
  })

  test('has no visitor’s page, no record and no rest of a page', async ({ server }) => {
    await using nginx = await startCache(server.port)
    for (const name of ['ada', 'bob', 'ada']) {
      const answer = await ask(nginx.port, { path: '/account', method: 'GET', headers: { cookie: `session=${name}` } })
      expect([cacheOf(answer), answer.text.includes(name)]).toEqual(['MISS', true])
    }
    const { reference, manifest } = await originFiles('proxied-preload')
    const asks = [reference('/open'), { 'shell-cache-record': encodeURIComponent(manifest.buildId) }]
    for (const headers of [...asks, ...asks]) {
      const answer = await ask(nginx.port, { path: '/open', headers })
      expect([answer.status, cacheOf(answer)]).toEqual([200, undefined])
      expect(String(answer.headers['shell-cache-verdict'])).toMatch(/^(resumed|recorded)/)
    }
  })
})

// A server that asks for a password (401 with `WWW-Authenticate`: staging sites, nginx) when the worker is already installed, as after a
// restart of the browser: the browser's own dialog opens, whatever the worker would have answered.

import { expect, install, test, visit } from '../../harness/fixtures.ts'
import { signInWhenAsked } from '../../harness/in-page/sign-in.ts'
import type { Relay } from '../../harness/servers/relay.ts'

function demandPassword(relay: Relay): void {
  const headers = { 'www-authenticate': 'Basic realm="staging"', 'content-type': 'text/plain' }
  relay.fault = (incoming) =>
    incoming.headers.authorization === undefined ? { status: 401, headers, body: 'Authentication required' } : undefined
}

for (const appName of ['proxied', 'proxied-preload'] as const) {
  test.describe(appName, () => {
    test.use({ appName })

    for (const [kind, path] of [
      ['an instant page', '/open'],
      ['a static page', '/login'],
      ['a guarded page', '/account'],
      ['a page without a record', '/no-such-page'],
      ['a file', '/sw.js'],
    ] as const) {
      test(`opens the sign-in dialog for ${kind}`, async ({ page, profile, relay, expected }) => {
        expected.push(/status of 40[14]/)
        await profile.addCookies([{ name: 'session', value: 'ada', url: relay.origin }])
        await install(page, relay)
        await visit(page, relay, path)
        const asked = await signInWhenAsked(profile, page)
        demandPassword(relay)
        await page.goto(relay.origin + path)
        await page.waitForLoadState('load')
        await expect(page.getByText('Authentication required')).toHaveCount(0)
        await expect.poll(asked).toBe(1)
        await visit(page, relay, '/')
        await expect(page.getByRole('heading').first()).toBeVisible()
        expect(asked()).toBe(1)
      })
    }
  })
}

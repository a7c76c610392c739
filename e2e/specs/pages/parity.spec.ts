// Compares the assembled headers of every page of an app with rules, a proxy and conditions with the network's (docs/architecture.md,
// invariant 7). Only those in headers.ts's list may differ.

import { expect, install, test, visit } from '../../harness/fixtures.ts'
import { comparable, SECURITY_HEADERS, toTexts } from '../../harness/headers.ts'
import { ask } from '../../harness/raw.ts'
import { keptRecords } from '../../harness/in-page/stored.ts'

test.use({ appName: 'proxied' })

const COOKIES = { session: 'ann', a: '1' }
const PATHS = {
  instant: ['/', '/open', '/login', '/p/a', '/canary', '/listed/one', '/ab/a', '/vouched'],
  gated: [
    ['/account', '/account'],
    ['/terms', '/terms'],
    ['/team/a', '/team/a'],
    ['/team/other', '/team/[slug]'],
    ['/echo/known', '/echo/known'],
    ['/p/other', '/p/[slug]'],
    ['/conditional', '/conditional'],
    ['/sometimes', '/sometimes'],
    ['/rewritten', '/rewritten'],
    ['/ab', '/ab'],
  ],
} as const

test('sends every page with the headers that the network sends', async ({ page, profile, relay, server }) => {
  await install(page, relay)
  for (const [name, value] of Object.entries(COOKIES)) await profile.addCookies([{ name, value, url: relay.origin }])
  for (const [path, key] of PATHS.gated) {
    await visit(page, relay, path)
    await expect.poll(async () => (await keptRecords(page)).map((record) => record.key), path).toContain(key)
  }
  const cookie = Object.entries(COOKIES)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ')
  for (const [path, mode] of [
    ...PATHS.instant.map((path) => [path, 'instant'] as const),
    ...PATHS.gated.map(([path]) => [path, 'gated'] as const),
  ]) {
    const { response, outcome } = await visit(page, relay, path)
    expect(outcome, path).toBe(mode)
    const network = await ask(server.port, { path, method: 'GET', headers: { cookie, 'user-agent': 'x' } })
    const { 'set-cookie': _cookie, ...expected } = network.headers
    const headers = comparable(response.headers())
    expect(headers, path).toEqual(withoutProxysOwn(path, comparable(toTexts(expected))))
    for (const name of SECURITY_HEADERS)
      if (name in expected && path !== '/vouched') expect(headers[name], name).toBe(expected[name])
  }
})

/** For /vouched, an option allows `instant`: what the proxy adds arrives too late for a shell that is shown immediately. */
function withoutProxysOwn(path: string, headers: Record<string, string>): Record<string, string> {
  const { 'x-greeting': _greeting, 'content-security-policy': _policy, ...others } = headers
  return path === '/vouched' ? others : headers
}

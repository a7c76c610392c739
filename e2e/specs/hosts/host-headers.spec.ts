// What a host adds to an app's pages (a server of one's own, nginx) is on every page from a shell, too: security headers above all
// (docs/architecture.md, invariant 7).

import type { Page, Response } from '@playwright/test'

import { ENGINES } from '../../engines/driver.ts'
import { expect as expectTab, test as engines } from '../../engines/fixtures.ts'
import { install as installTab } from '../../engines/page.ts'
import { expect, install, LOSS, test, visit } from '../../harness/fixtures.ts'
import { comparable, toTexts } from '../../harness/headers.ts'
import { NGINX, startNginxWith } from '../../harness/hosts/nginx.ts'
import { keptRecords } from '../../harness/in-page/stored.ts'
import { appFolder } from '../../harness/paths.ts'
import { ask } from '../../harness/raw.ts'
import type { Relay } from '../../harness/servers/relay.ts'
import { startCustomServer } from '../../harness/servers/server.ts'

test.use({ appName: 'proxied' })

/** As helmet's, which sets them on each response before Next sees it; the page's own rules come after. */
const ISOLATED = {
  'cross-origin-embedder-policy': 'require-corp',
  'content-security-policy': "frame-ancestors 'none'",
  'referrer-policy': 'same-origin',
  'x-request-id': 'of-one-answer',
}

async function startHost(more: Record<string, Record<string, string>>) {
  const env = { HOST_HEADERS: JSON.stringify({ '/': ISOLATED, ...more }) }
  return startCustomServer(appFolder('proxied'), 'custom-server.mjs', env)
}

/** Everything as the network has it, but for what names the request or the server. */
async function expectNetworks(response: Response, port: number, path: string): Promise<void> {
  const network = await ask(port, { path, method: 'GET', headers: { 'user-agent': 'x' } })
  expect(ofPage(response.headers()), path).toEqual(ofPage(toTexts(network.headers)))
}

function ofPage(headers: Record<string, string>): Record<string, string> {
  const { 'x-request-id': _id, server: _server, ...others } = comparable(headers)
  return others
}

const isIsolated = (page: Page): Promise<boolean> => page.evaluate(() => crossOriginIsolated)

/** Opens a page until it comes from its shell; with the network's headers at each visit; one request each. How often it did not. */
async function visitsBeforeShell(page: Page, relay: Relay, port: number, path: string): Promise<number> {
  for (let visits = 0; ; visits++) {
    const before = relay.exchanges.length
    const { response, outcome } = await visit(page, relay, path)
    await expectNetworks(response, port, path)
    expect(await isIsolated(page), path).toBe(true)
    if (outcome !== undefined) return visits
    await expect
      .poll(async () => (await keptRecords(page)).find(({ key }) => key === path)?.headers.flat(), path)
      .toContain('require-corp')
    const asked = relay.exchanges.slice(before).filter(({ url }) => url === path)
    expect(
      asked.map(({ method }) => method),
      'nothing beside the page',
    ).toEqual(['GET'])
  }
}

test('shows each page with what a server of one’s own adds to it, even if it adds it to that page alone', async ({
  page,
  relay,
  expected,
}) => {
  expected.push(LOSS)
  await using host = await startHost({ '/p/': { 'permissions-policy': 'camera=()' } })
  relay.turnTo(host.port)
  await install(page, relay)
  expect(await visitsBeforeShell(page, relay, host.port, '/')).toBe(1)
  expect(await visitsBeforeShell(page, relay, host.port, '/p/a')).toBe(1)
  expect(await visitsBeforeShell(page, relay, host.port, '/login')).toBe(1)

  await using redeployed = await startHost({ '/p/': { 'permissions-policy': 'camera=(), geolocation=()' } })
  relay.turnTo(redeployed.port)
  expect((await visit(page, relay, '/p/a')).outcome).toBe('instant')
  await expect
    .poll(async () => (await keptRecords(page)).find(({ key }) => key === '/p/a')?.headers.flat())
    .toContain('camera=(), geolocation=()')
  const { response, outcome } = await visit(page, relay, '/p/a')
  expect(outcome).toBe('instant')
  await expectNetworks(response, redeployed.port, '/p/a')
})

test('shows each page with what nginx adds to it', async ({ page, relay, server }) => {
  test.skip(NGINX === undefined, 'there is no nginx on this machine')
  const names = ['cross-origin-embedder-policy', 'content-security-policy', 'referrer-policy'] as const
  const rules = names.map((name) => `add_header ${name} "${ISOLATED[name]}";`)
  await using nginx = await startNginxWith(server.port, {
    http: 'map $uri $camera { /p/a "camera=()"; }',
    server: [...rules, 'add_header permissions-policy $camera;', 'add_header x-request-id $request_id;'].join('\n'),
  })
  relay.turnTo(nginx.port)
  await install(page, relay)
  expect(await visitsBeforeShell(page, relay, nginx.port, '/')).toBe(1)
  expect(await visitsBeforeShell(page, relay, nginx.port, '/p/a')).toBe(1)
})

/** What a page may do, which is how a browser tells its headers. Runs in the page. */
async function readPolicies(elsewhere: string): Promise<Policies> {
  const violation = new Promise<string>((resolve) =>
    document.addEventListener('securitypolicyviolation', ({ originalPolicy }) => resolve(originalPolicy), {
      once: true,
    }),
  )
  // Without a policy of the page nothing refuses this request, and nothing else says so.
  const allowed = fetch(elsewhere, { mode: 'no-cors' }).then(
    () => 'none',
    () => violation,
  )
  const [policy] = await Promise.all([Promise.race([violation, allowed]), fetch('/nowhere')])
  const [entry] = performance.getEntriesByType('navigation')
  const { serverTiming } = entry as PerformanceNavigationTiming
  const outcome = serverTiming.find(({ name }) => name === 'shell')?.description ?? 'network'
  return { policy, isIsolated: crossOriginIsolated, outcome }
}
type Policies = { readonly policy: string; readonly isIsolated: boolean; readonly outcome: string }

for (const engine of ENGINES)
  engines.describe(engine, { tag: `@${engine}` }, () => {
    engines.use({ engine, app: 'proxied' })

    engines('is as isolated and as restricted by a shell as by the network’s page', async ({ tab, relay }) => {
      const restricted = { ...ISOLATED, 'content-security-policy': "connect-src 'self'", 'referrer-policy': 'origin' }
      await using host = await startCustomServer(appFolder('proxied'), 'custom-server.mjs', {
        HOST_HEADERS: JSON.stringify({ '/': restricted }),
      })
      relay.turnTo(host.port)
      await installTab(tab, relay, '/')
      const elsewhere = relay.origin.replace('localhost', '127.0.0.1')
      const outcomes: string[] = []
      while (outcomes.at(-1) !== 'instant' && outcomes.length < 4) {
        await tab.open(`${relay.origin}/`)
        const { outcome, ...policies } = await tab.run(readPolicies, elsewhere)
        outcomes.push(outcome)
        expectTab(policies).toEqual({ policy: "connect-src 'self'", isIsolated: true })
        const { headers } = relay.exchanges.findLast(({ url }) => url === '/nowhere') ?? {}
        expectTab(headers?.referer, 'the origin alone').toBe(`${relay.origin}/`)
      }
      expectTab(outcomes).toEqual(['network', 'instant'])
    })
  })

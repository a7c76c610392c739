// What visitors and operators get from the package on the host that SHELL_CACHE_HOST names.

import { examine } from '../../cli/doctor/doctor.ts'
import { expect, expectHydrated, install, LOSS, pageRequests, test as base, visit } from '../harness/fixtures.ts'
import type { Relay } from '../harness/servers/relay.ts'
import { askToUninstall, buildHost } from './build-host.ts'
import { HOSTS } from './hosts.ts'
import { hostFolder } from './host.ts'

const NAME = process.env['SHELL_CACHE_HOST'] ?? ''
const HOST = HOSTS[NAME]
if (!HOST) throw new Error(`SHELL_CACHE_HOST names no host: ${Object.keys(HOSTS).join(', ')}`)
const APP = `${hostFolder(NAME)}/app`

const test = base.extend({
  // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names out of the pattern
  server: async ({}, use) => {
    await using server = await HOST.start(APP)
    await use(server)
  },
})
test.use({ isWholeBrowser: true })

/** Adds a line to the report. */
function note(description: string): void {
  test.info().annotations.push({ type: 'seen', description })
}

test('opens pages from their shells at the second visit, whole with their holes', async ({ page, relay }) => {
  await install(page, relay)
  const seen: string[] = []
  for (const path of ['/', '/now', '/p/a', '/p/other']) {
    const before = relay.exchanges.length
    const { outcome } = await visit(page, relay, path)
    expect(outcome).toBe(path === '/' ? 'static' : 'instant')
    seen.push(sentFor(relay, before, path))
    if (path === '/now') await expect(page.getByRole('time')).toHaveText(/\d/)
    if (!path.startsWith('/p/')) continue
    await expect(page.getByRole('heading')).toHaveText(`Item ${path.slice(3)}`)
    await expect(page.getByRole('status')).toHaveText('In stock')
    await expectHydrated(page)
  }
  note(seen.join('; '))
})

/** The requests by which the rest of a page arrived. */
function sentFor(relay: Relay, before: number, path: string): string {
  const asked = relay.exchanges
    .slice(before)
    .filter(({ url, headers }) => url === path && headers['shell-cache-record'] === undefined)
    .filter(({ method, headers }) => method === 'POST' || headers['sec-fetch-mode'] === 'navigate')
  const parts = asked.map(({ method, status, answer }) => {
    const verdict = answer['shell-cache-verdict']
    return `${method} ${status}${verdict === undefined ? '' : ` ${String(verdict).split(';')[0]}`}`
  })
  return `${path}: ${parts.join(', ') || 'nothing asked'}`
}

test('opens pages and shells without a network', async ({ page, relay, server, expected }) => {
  // React reports each hole that no server has filled (docs/offline.md).
  expected.push(LOSS, /Minified React error #419/)
  await install(page, relay)
  // Images are fetched when nothing else is pending.
  await page.waitForFunction(hasItsImages)
  await server.kill()
  await relay.down()
  const seen = pageRequests(relay).length
  const whole = await page.goto(relay.origin)
  expect(whole?.status()).toBe(200)
  await expect(page.getByRole('heading')).toBeVisible()
  await page.goto(`${relay.origin}/now`)
  await expect(page.getByRole('main')).toHaveText('Now…')
  await page.goto(`${relay.origin}/p/never-seen`)
  await expect(page.getByRole('main')).toContainText('An item…')
  await expectHydrated(page)
  expect(pageRequests(relay).length).toBe(seen)
})

test('is told by doctor what the host can do', async ({ server }) => {
  const findings = await examine(new URL(`http://localhost:${server.port}/now`), { step: () => {} })
  const other = findings.filter(({ status }) => status !== 'pass')
  note(other.map(({ name, status, message }) => `${status} ${name}: ${message}`).join(' ') || 'all checks pass')
  expect(findings.length).toBeGreaterThan(5)
  const failed = other.filter(({ status }) => status === 'fail')
  expect(failed.map(({ name }) => name)).toEqual(HOST.runsOrigin ? [] : ['resume'])
})

// Must be the last test: it rebuilds the app.
test('removes itself from browsers after a deploy with `uninstall`', async ({ page, relay, server, expected }) => {
  expected.push(LOSS)
  await install(page, relay)
  await page.goto('about:blank')
  await server.kill()
  await askToUninstall(NAME)
  await buildHost(NAME, HOST)
  await using without = await HOST.start(APP)
  relay.turnTo(without.port)
  await page.goto(`${relay.origin}/now`)
  // The uninstalling worker reloads the page, so the poll must survive that.
  await page.waitForFunction(hasNothingLeft)
  // The page that was open keeps the worker until the next page has loaded.
  await expect.poll(async () => (await page.goto(`${relay.origin}/now`))?.fromServiceWorker()).toBe(false)
  await page.waitForFunction(hasNothingLeft)
  await expect(page.getByRole('time')).toHaveText(/\d/)
})

/** Runs in the page, like the functions below. */
async function hasItsImages(): Promise<boolean> {
  const kept = await Promise.all(Array.from(document.images, ({ currentSrc }) => caches.match(currentSrc)))
  return kept.length === 2 && kept.every((response) => response !== undefined)
}

async function hasNothingLeft(): Promise<boolean> {
  const left = await Promise.all([navigator.serviceWorker.getRegistrations(), caches.keys(), indexedDB.databases()])
  return left.every(({ length }) => length === 0)
}

// Apps whose configs and repositories have other forms than the suite's own. Each builds without a message from us except about what is
// wrong, opens from shells, and opens without a network from only what the worker has stored.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Page } from '@playwright/test'

import { type Cdn, startCdn } from '../../harness/hosts/cdn.ts'
import { ARGS, copyStandalone } from '../../harness/hosts/copy-standalone.ts'
import { expect, expectHydrated, install, LOSS, test, visit } from '../../harness/fixtures.ts'
import { type AppName, appFolder } from '../../harness/paths.ts'
import type { Relay } from '../../harness/servers/relay.ts'
import { startStandalone } from '../../harness/servers/server.ts'
import { keptDigest } from '../../harness/in-page/stored.ts'

const WEB = appFolder('monorepo/apps/web')
const WRONG_OPTION = 'There is no option `maxShellByte`. It changes nothing. Did you mean `maxShellBytes`?'

async function expectSilent(app: AppName, serverOutput: string): Promise<void> {
  const buildOutput = await readFile(join(appFolder(app), 'build.log'), 'utf8')
  expect(buildOutput, 'the table of routes').toContain('instant')
  expect(buildOutput + serverOutput).not.toContain('[shell-cache]')
}

/** Chromium's own cache has most scripts, too. Without it, everything that is shown comes from the worker. */
async function forgetHttpCache(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.clearBrowserCache')
  await session.detach()
}

/** URLs of the scripts that the worker has stored. */
function storedScripts(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('next-shell-cache:/:assets:'))
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
    return requests.flat().flatMap(({ url }) => (/\.js(\?|$)/.test(url) ? url : []))
  })
}

async function expectResumed(page: Page, relay: Relay, path: string): Promise<void> {
  const before = relay.exchanges.length
  expect((await visit(page, relay, path)).outcome, path).toBe('instant')
  const verdicts = relay.exchanges.slice(before).flatMap(({ answer }) => answer['shell-cache-verdict'] ?? [])
  expect(verdicts, path).toEqual([expect.stringMatching(/^resumed/)])
  await expectHydrated(page)
}

/** Offline, React runs in the shell; later its holes fill, without a navigation. */
async function expectInteractiveOffline(page: Page, relay: Relay, path: string): Promise<void> {
  await forgetHttpCache(page)
  await relay.down()
  await page.goto(relay.origin + path)
  await expectHydrated(page)
  await expect(page.locator('[data-skeleton]')).not.toHaveCount(0)
  await relay.up()
  await expect(page.locator('[data-skeleton]')).toHaveCount(0)
  await expect(page.getByTestId('counter'), 'the same document').toContainText('1')
}

test.describe('next.config.mjs, a function, src/, MDX, distDir, deploymentId, assetPrefix as a path', () => {
  test.use({ appName: 'wrapped' })

  test('opens from shells', async ({ page, relay, server }) => {
    await install(page, relay)
    for (const path of ['/', '/p/a', '/p/other', '/notes']) await expectResumed(page, relay, path)
    await expect(page.locator('h1')).toHaveText('Notes')
    await expectSilent('wrapped', server.output())
  })

  test('stores scripts as pages ask for them, and runs them without a network', async ({ page, relay, expected }) => {
    expected.push(/ERR_CONNECTION_REFUSED|React error #419/)
    await install(page, relay)
    const scripts = await storedScripts(page)
    expect(scripts.length).toBeGreaterThan(3)
    for (const url of scripts.filter((url) => !url.includes('/shell-cache/'))) {
      expect(url).toMatch(new RegExp(`^${relay.origin}/assets/_next/static/.*\\?dpl=deploy-1$`))
    }
    await expectInteractiveOffline(page, relay, '/notes')
  })

  test('respects a proxy in src/', async ({ page, relay }) => {
    await page.context().addCookies([{ name: 'session', value: '1', url: relay.origin }])
    await install(page, relay)
    await visit(page, relay, '/account')
    await expect.poll(() => keptDigest(page, '/account')).toBeDefined()
    expect((await visit(page, relay, '/account')).outcome).toBe('gated')
    await page.context().clearCookies()
    await visit(page, relay, '/account')
    expect(new URL(page.url()).pathname).toBe('/')
  })
})

test.describe('next.config.js in CommonJS, built by Webpack', () => {
  test.use({ appName: 'commonjs' })

  test('opens from shells', async ({ page, relay, server }) => {
    await install(page, relay)
    for (const path of ['/', '/p/a', '/p/other']) await expectResumed(page, relay, path)
    expect((await visit(page, relay, '/about')).outcome).toBe('static')
    const said = server
      .output()
      .split('\n')
      .filter((line) => line.includes('[shell-cache]'))
    for (const line of said) expect(line).toContain(WRONG_OPTION)
  })

  test('leaves a page that is another one by now without a word of React, though its shell starts it', async ({
    page,
    relay,
  }) => {
    await install(page, relay)
    relay.fault = ({ url }) => (url === '/p/a' ? { status: 307, headers: { location: '/about' } } : undefined)
    await page.goto(`${relay.origin}/p/a`, { waitUntil: 'commit' })
    await expect(page).toHaveURL(`${relay.origin}/about`)
    await expectHydrated(page)
  })

  test('says once what is wrong about the options, in however many processes Next reads them', async () => {
    // Each of Webpack's workers loads the config again.
    const output = await readFile(join(appFolder('commonjs'), 'build.log'), 'utf8')
    const said = output.split('\n').filter((line) => line.includes('[shell-cache]'))
    expect(said, output).toEqual([expect.stringContaining(WRONG_OPTION)])
  })

  test('keeps a page with holes alive without a network, though its shell starts React by itself', async ({
    page,
    relay,
    expected,
  }) => {
    expected.push(/ERR_CONNECTION_REFUSED|React error #419/)
    await install(page, relay)
    await visit(page, relay, '/')
    await forgetHttpCache(page)
    await relay.down()
    await page.goto(`${relay.origin}/p/a`)
    await expect(page.locator('h1')).toHaveText('a')
    await expect(page.locator('[data-skeleton]')).not.toHaveCount(0)
    await expectHydrated(page)
    await relay.up()
    await expect(page.locator('[data-skeleton]')).toHaveCount(0)
    await expect(page.getByTestId('counter'), 'what was done stays').toContainText('1')
  })
})

const elsewhere = test.extend<{ cdn: Cdn }>({
  appName: 'monorepo/apps/web',
  // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names out of the pattern
  cdn: async ({}, use) => {
    await using cdn = await startCdn(join(WEB, '.next'))
    await use(cdn)
  },
  flags: async ({ cdn }, use) => use([cdn.flag]),
})

elsewhere.describe('a monorepo, an async function, standalone output, assetPrefix on another origin', () => {
  elsewhere('opens from shells under next start', async ({ page, relay, server, cdn }) => {
    await install(page, relay)
    for (const path of ['/', '/p/a', '/p/other']) await expectResumed(page, relay, path)
    expect(cdn.asked.length).toBeGreaterThan(3)
    await expectSilent('monorepo/apps/web', server.output())
  })

  elsewhere('opens from shells in the standalone server', async ({ page, relay, expected }) => {
    expected.push(LOSS)
    await using copied = await copyStandalone(WEB, join(WEB, '..', '..'))
    await using server = await startStandalone(copied.folder, ARGS)
    relay.turnTo(server.port)
    await install(page, relay)
    for (const path of ['/', '/p/a', '/p/other']) await expectResumed(page, relay, path)
    expect(server.output()).not.toContain('[shell-cache]')
  })

  elsewhere('stores what the other origin lets it read', async ({ page, relay, cdn, expected }) => {
    expected.push(/ERR_CONNECTION_REFUSED|React error #419/)
    await install(page, relay)
    expect(await storedScripts(page)).toContainEqual(expect.stringMatching(/^http:\/\/cdn\.test\/_next\/static\//))
    await cdn[Symbol.asyncDispose]()
    await expectInteractiveOffline(page, relay, '/')
    await page.getByTestId('badge').click()
    await expect(page.getByTestId('badge')).toHaveAttribute('aria-pressed', 'true')
  })

  elsewhere('opens from shells where the other origin lets no one read', async ({ page, relay, cdn }) => {
    cdn.isOpen = false
    await install(page, relay)
    expect((await storedScripts(page)).filter((url) => url.startsWith('http://cdn.test'))).toEqual([])
    await expectResumed(page, relay, '/p/a')
  })
})

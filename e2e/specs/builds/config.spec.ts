// Configs that the shell cache must decline: the app builds and runs as without the package, and one message says what to do.

import { existsSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Page } from '@playwright/test'

import { buildApp, buildWarm, layOutApp, packPackage } from '../../harness/builds/build-app.ts'
import { expect, expectHydrated, LOSS, test, untilControlled } from '../../harness/fixtures.ts'
import { ROOT } from '../../harness/paths.ts'
import { startServer } from '../../harness/servers/server.ts'

test.use({ isServerOwn: true, isProfileOwn: true })

/** All apps are built in one folder, which is set up again each time, so that only the first build compiles all of Next. */
const layOut = async (): Promise<string> =>
  layOutApp('bare-config', join(ROOT, 'e2e', 'apps', 'bare'), await packPackage())

/** What the build printed. */
async function build(folder: string, env: Record<string, string> = {}): Promise<string> {
  const { output } = await buildWarm('bare-config', folder, () => buildApp(folder, env))
  return output
}

// adapter-plugin/config/with-shell-cache.test.ts has the configs that are declined before Next reads them, and reach it unchanged.
for (const [config, message] of [
  ['export', /`output: 'export'` leaves no server/],
  ['replaced-adapter', /has replaced the adapter\..* Apply withShellCache\(\) last/],
  ['taken-worker', /A rewrite of next\.config already answers \/sw\.js\./],
] as const) {
  test(`declines ${config}, says why once and builds the app`, async () => {
    const folder = await layOut()
    if (config === 'export') await withoutHoles(folder)
    const output = await build(folder, { SHELL_CACHE_TEST: config })
    const said = output.split('\n').filter((line) => line.includes('[shell-cache]'))
    expect(said, output).toHaveLength(1)
    expect(said[0]).toMatch(message)
    expect(existsSync(join(folder, '.next', 'static', 'shell-cache'))).toBe(false)
  })
}

test('says that `<ShellCache />` was forgotten, and builds the app', async () => {
  const folder = await layOut()
  const layout = join(folder, 'app', 'layout.tsx')
  const source = await readFile(layout, 'utf8')
  await writeFile(layout, source.replace(/^import \{ ShellCache \}.*$/m, '').replace('<ShellCache />', ''))
  const output = await build(folder, { SHELL_CACHE_TEST: 'own-registration' })
  const said = output.split('\n').filter((line) => line.includes('[shell-cache]'))
  expect(said, output).toHaveLength(1)
  expect(said[0]).toMatch(/No page of this app registers the worker: .* in the root layout/)
  expect(existsSync(join(folder, '.next', 'static', 'shell-cache', 'sw.js'))).toBe(true)
})

test('declines a secret that is too short and builds the app', async () => {
  const folder = await layOut()
  const output = await build(folder, { SHELL_CACHE_SECRET: 'short' })
  expect(output).toContain('[shell-cache] SHELL_CACHE_SECRET is shorter than 32 characters.')
  // The remaining worker removes what browsers have from an older build.
  expect(await readdir(join(folder, '.next', 'static', 'shell-cache'))).toEqual(['sw.js'])
})

test('has no worker under next dev and removes one that a production run left', async ({ page, server, expected }) => {
  // For what the page was still loading when the production server ended.
  expected.push(LOSS)
  // Without a relay: Next serves its development files only for the host that it was started on.
  await page.goto(`http://localhost:${server.port}/`)
  await untilControlled(page)
  await server.kill()
  const folder = await layOutApp('shop-dev', join(ROOT, 'examples', 'shop'), await packPackage())
  await using dev = await startServer(folder, {}, 'dev', server.port)
  await page.goto(`http://localhost:${dev.port}/about`)
  await page.reload()
  await expect.poll(() => left(page)).toEqual({ workers: 0, caches: 0, databases: 0 })
  await page.reload()
  await expect(page.getByTestId('shell-status')).toHaveAttribute('data-status', 'disabled')
  await expectHydrated(page)
})

function left(page: Page): Promise<{ workers: number; caches: number; databases: number }> {
  return page.evaluate(async () => ({
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    caches: (await caches.keys()).length,
    databases: (await indexedDB.databases()).length,
  }))
}

/** Removes the dynamic parts: an export cannot have any. */
async function withoutHoles(folder: string): Promise<void> {
  await rm(join(folder, 'app', 'p'), { recursive: true })
  await writeFile(join(folder, 'app', 'page.tsx'), 'export default function Home() {\n  return <h1>Bare</h1>\n}\n')
}

// Another platform's adapter, extended by ours: both do their work in one build.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { buildApp, layOutApp, packPackage } from '../../harness/builds/build-app.ts'
import { expect, expectHydrated, install, LOSS, pageRequests, test, visit } from '../../harness/fixtures.ts'
import { ROOT } from '../../harness/paths.ts'
import { startServer } from '../../harness/server.ts'

test.use({ isServerOwn: true })

test('runs the hooks of the adapter that it extends, and its own', async ({ page, relay, server, expected }) => {
  expected.push(LOSS)
  await server.kill()
  const folder = await layOutApp('bare-extended', join(ROOT, 'e2e', 'apps', 'bare'), await packPackage())
  const { output } = await buildApp(folder, { SHELL_CACHE_TEST: 'extended' })
  expect(output).not.toContain('[shell-cache]')
  expect(await readFile(join(folder, '.next', 'platform.txt'), 'utf8')).toBe('deployed')
  await using extended = await startServer(folder)
  relay.turnTo(extended.port)
  await install(page, relay)
  const before = pageRequests(relay).length
  const { outcome, response } = await visit(page, relay, '/p/a')
  expect(outcome).toBe('instant')
  expect(response.headers()['x-platform']).toBe('here')
  // By preload, which is the default, and the only request.
  expect(pageRequests(relay).slice(before)).toEqual(['GET /p/a'])
  await expectHydrated(page)
})

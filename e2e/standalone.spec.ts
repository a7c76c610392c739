// Standalone output, alone: copied to where no other package can be found, started as its users start it.

import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

import { expect, expectHydrated, install, pageRequests, test, visit } from './fixtures.ts'
import { appFolder, ROOT } from './paths.ts'
import { startRelay } from './relay.ts'
import { startStandalone } from './server.ts'

const APP = appFolder('standalone')

/** The server's folder in a copy of its own, with the static files that Next leaves to its user to copy. */
async function copyStandalone(): Promise<AsyncDisposable & { readonly folder: string }> {
  const copy = await mkdtemp(join(tmpdir(), 'shell-cache-standalone-'))
  await cp(join(APP, '.next', 'standalone'), copy, { recursive: true, verbatimSymlinks: true })
  // Next keeps the app's place below the root that it traces from.
  const folder = join(copy, relative(ROOT, APP))
  await cp(join(APP, '.next', 'static'), join(folder, '.next', 'static'), { recursive: true })
  return { folder, [Symbol.asyncDispose]: () => rm(copy, { recursive: true, force: true }) }
}

test.use({ appName: 'standalone' })

test('resumes in a standalone server that loads the origin first', async ({ page, relay }) => {
  await using copied = await copyStandalone()
  await using server = await startStandalone(copied.folder)
  relay.turnTo(server.port)
  await install(page, relay)
  for (const path of ['/', '/p/a', '/p/other']) {
    const before = pageRequests(relay).length
    expect((await visit(page, relay, path)).outcome).toBe('instant')
    expect(pageRequests(relay).slice(before)).toEqual([`POST ${path}`])
    await expectHydrated(page)
  }
  expect(server.output()).not.toContain('[shell-cache]')
})

test('comes whole from the network where the origin was left out', async ({ page, relay }) => {
  await using copied = await copyStandalone()
  await using server = await startStandalone(copied.folder, false)
  await using other = await startRelay(server.port)
  void relay
  await install(page, other)
  const before = pageRequests(other).length
  expect((await visit(page, other, '/p/a')).outcome).toBe('instant')
  expect(pageRequests(other).slice(before)).toEqual(['POST /p/a', 'GET /p/a'])
  await expectHydrated(page)
})

// Standalone output, alone: copied to where no other package can be found, and started there, both as the last stage of
// examples/docker/Dockerfile says.

import { existsSync, readFileSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

import { expect, expectHydrated, install, pageRequests, test, visit } from './fixtures.ts'
import { appFolder, ROOT } from './paths.ts'
import { startRelay } from './relay.ts'
import { startStandalone } from './server.ts'

const APP = appFolder('standalone')

const DOCKERFILE = readFileSync(join(ROOT, 'examples', 'docker', 'Dockerfile'), 'utf8')
const STAGE = DOCKERFILE.slice(DOCKERFILE.lastIndexOf('\nFROM '))
const COPIED = [...STAGE.matchAll(/^COPY .*\s\/app\/(\S+) (\S+)$/gm)].map(([, from = '', to = '']) => ({ from, to }))
const [PROGRAM, ...ARGS]: string[] = JSON.parse(/^CMD (.+)$/m.exec(STAGE)?.[1] ?? '[]')

/** The server's folder in a copy of its own. */
async function copyStandalone(): Promise<AsyncDisposable & { readonly folder: string }> {
  const copy = await mkdtemp(join(tmpdir(), 'shell-cache-standalone-'))
  // Next keeps the app's place below the root that it traces from.
  const folder = join(copy, relative(ROOT, APP))
  for (const { from, to } of COPIED) {
    const [source, target] = [join(APP, from), to === './' ? copy : join(folder, to)]
    if (existsSync(source)) await cp(source, target, { recursive: true, verbatimSymlinks: true })
  }
  return { folder, [Symbol.asyncDispose]: () => rm(copy, { recursive: true, force: true }) }
}

test.use({ appName: 'standalone' })

test('copies and runs what the Dockerfile says', () => {
  expect(COPIED.map(({ from }) => from)).toEqual(['.next/standalone', '.next/static', 'public'])
  expect(PROGRAM).toBe('node')
})

test('resumes in a standalone server that loads the origin first', async ({ page, relay }) => {
  await using copied = await copyStandalone()
  await using server = await startStandalone(copied.folder, ARGS)
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
  await using server = await startStandalone(copied.folder, ['server.js'])
  await using other = await startRelay(server.port)
  void relay
  await install(page, other)
  const before = pageRequests(other).length
  expect((await visit(page, other, '/p/a')).outcome).toBe('instant')
  expect(pageRequests(other).slice(before)).toEqual(['POST /p/a', 'GET /p/a'])
  await expectHydrated(page)
})

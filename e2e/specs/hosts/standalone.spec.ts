// Standalone output, alone: copied to where no other package can be found, and started there, both as the last stage of
// examples/docker/Dockerfile says.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { ARGS, COPIED, copyStandalone, PROGRAM } from '../../harness/hosts/copy-standalone.ts'
import { expect, expectHydrated, install, pageRequests, test, visit } from '../../harness/fixtures.ts'
import { appFolder, ROOT } from '../../harness/paths.ts'
import { startRelay } from '../../harness/servers/relay.ts'
import { startStandalone } from '../../harness/servers/server.ts'

const APP = appFolder('standalone')

test.use({ appName: 'standalone' })

test('copies and runs what the Dockerfile says', () => {
  expect(COPIED.map(({ from }) => from)).toEqual(['.next/standalone', '.next/static', 'public'])
  expect(PROGRAM).toBe('node')
})

test('has the worker in public/ as well, if the tool of a host builds', async () => {
  const [own, built] = await Promise.all([
    readFile(join(APP, 'public', 'sw.js'), 'utf8'),
    readFile(join(APP, '.next', 'static', 'shell-cache', 'sw.js'), 'utf8'),
  ])
  expect(own.slice(own.indexOf('\n') + 1)).toBe(built)
})

test('resumes in a standalone server that loads the origin first', async ({ page, relay }) => {
  await using copied = await copyStandalone(APP, ROOT)
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

test('comes whole from the network if the origin was left out', async ({ page, relay }) => {
  await using copied = await copyStandalone(APP, ROOT)
  await using server = await startStandalone(copied.folder, ['server.js'])
  await using other = await startRelay(server.port)
  void relay
  await install(page, other)
  const before = pageRequests(other).length
  expect((await visit(page, other, '/p/a')).outcome).toBe('instant')
  expect(pageRequests(other).slice(before)).toEqual(['POST /p/a', 'GET /p/a'])
  await expectHydrated(page)
})

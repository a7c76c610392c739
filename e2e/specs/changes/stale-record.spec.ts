// Records that must not be shown because the network has a newer page: made from a stale page of Next, or too old by the server's clock.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test as base } from '../../harness/fixtures.ts'
import { appFolder } from '../../harness/paths.ts'
import type { Fault } from '../../harness/servers/relay.ts'
import { startServer } from '../../harness/servers/server.ts'
import { copyApp, install, open, rename, untilQuiet } from './fresh.ts'

/** As in freshness.spec.ts. */
const test = base.extend({
  // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names out of the pattern
  server: async ({}, use, info) => {
    await using copy = await copyApp('fresh', info.testId)
    await using server = await startServer(copy.folder, { FRESH_NAMES: join(copy.folder, 'names.json') })
    await use(server)
  },
})

test('leaves a page to the network from a stale record on, until a fresh one is there', async ({ page, relay }) => {
  const path = '/items/built'
  await install(page, relay)
  await open(page, relay, path)
  await untilQuiet(relay)
  await rename(relay, 'built', 'renamed')
  let asked = 0
  relay.fault = ({ headers }) => ('shell-cache-record' in headers && ++asked > 1 ? 'silence' : undefined)
  expect(await open(page, relay, path)).toMatchObject({ name: 'built as built', outcome: 'instant' })
  await expect.poll(() => asked).toBe(2)
  expect(await open(page, relay, path)).toMatchObject({ name: 'renamed', outcome: 'network' })
  relay.fault = undefined
  relay.endSilence()
  await expect.poll(async () => (await open(page, relay, path)).outcome).toBe('instant')
  expect((await open(page, relay, path)).name).toBe('renamed')
})

test('opens no shell that is past its `expire` by the server’s clock, at a new visitor’s first visit from the store', async ({
  page,
  relay,
}) => {
  const date = new Date(Date.now() + 2 * 3_600_000).toUTCString()
  relay.fault = ({ url = '' }): Fault | undefined => {
    const [, file] = /^\/_next(\/static\/shell-cache\/record\..*)/.exec(url) ?? []
    const body = file && readFileSync(join(appFolder('fresh'), '.next', file))
    return body ? { status: 200, headers: { date }, body } : undefined
  }
  await install(page, relay)
  expect(await open(page, relay, '/timed')).toMatchObject({ name: 'timed as built', outcome: 'network' })
  expect((await open(page, relay, '/items/built')).outcome, 'of a week').toBe('instant')
})

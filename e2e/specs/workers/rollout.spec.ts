// What a host can tell all browsers without a new build: which share of them gets the worker, and that none may use it.

import type { Page } from '@playwright/test'

import { readRecords } from '../../../playwright/records.ts'
import { expect, expectHydrated, install, LOSS, test, untilControlled, visit } from '../../harness/fixtures.ts'
import { appFolder } from '../../harness/paths.ts'
import type { Relay } from '../../harness/servers/relay.ts'
import { startServer } from '../../harness/servers/server.ts'

test.use({ appName: 'acting', serverEnv: { SHELL_CACHE_ROLLOUT: '0.2' } })

/** Answers like a host without our origin that sends this header, or does not answer. */
function answerScript(relay: Relay, said: string | undefined): void {
  const answer = said === undefined ? 'reset' : { status: 200, headers: { 'shell-cache': said } }
  relay.fault = ({ method, url }) => (method === 'HEAD' && url === '/sw.js' ? answer : undefined)
}

/** Waits until a page has asked the host and shows this status. Before that it shows what the server rendered. */
async function untilStatus(page: Page, relay: Relay, status: 'active' | 'disabled'): Promise<void> {
  const since = relay.exchanges.length
  await page.goto(`${relay.origin}/update`)
  await expect.poll(() => relay.exchanges.slice(since).some(({ method }) => method === 'HEAD')).toBe(true)
  await expect(page.getByTestId('status')).toHaveText(status)
}

const leftIn = (page: Page): Promise<unknown> =>
  page.evaluate(async () => ({
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    caches: await caches.keys(),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    kept: Object.entries(localStorage),
  }))

const NOTHING = { workers: 0, caches: [], databases: [], kept: [['next-shell-cache:/:number', '300']] }

test('brings the worker to a browser when the share goes up, and takes all of it when it goes down', async ({
  page,
  relay,
  expected,
}) => {
  expected.push(LOSS)
  await page.addInitScript(() => localStorage.setItem('next-shell-cache:/:number', '300'))
  await untilStatus(page, relay, 'disabled')
  expect(await leftIn(page)).toEqual(NOTHING)

  answerScript(relay, 'rollout=0.5')
  await untilStatus(page, relay, 'active')
  await untilControlled(page)
  expect((await visit(page, relay, '/p/a')).outcome).toBe('instant')

  answerScript(relay, undefined)
  await untilStatus(page, relay, 'active')

  relay.fault = undefined
  await untilStatus(page, relay, 'disabled')
  await expect.poll(() => leftIn(page)).toEqual(NOTHING)
  expect((await visit(page, relay, '/p/a')).outcome).toBeUndefined()
})

test.describe('switched off', () => {
  test.use({ serverEnv: {} })

  test('steps aside while the host says off, and comes back when it does not', async ({
    page,
    relay,
    server,
    expected,
  }) => {
    expected.push(LOSS)
    const stored = async (): Promise<unknown> => ({
      records: (await readRecords(page)).length,
      caches: await page.evaluate(() => caches.keys()),
    })
    const fetched = (since: number): string[] =>
      relay.exchanges.slice(since).flatMap(({ url }) => (url.includes('/shell-cache/record.') ? url : []))
    await install(page, relay)
    const before = await stored()
    expect(fetched(0)).not.toEqual([])

    await using off = await startServer(appFolder('acting'), { SHELL_CACHE_OFF: '1' })
    relay.turnTo(off.port)
    const since = relay.exchanges.length
    // Still from its shell: the switch arrives with the rest.
    expect((await visit(page, relay, '/p/a')).outcome).toBe('instant')
    await expect.poll(stored).toEqual({ records: 0, caches: [] })
    for (const path of ['/p/a', '/']) {
      expect((await visit(page, relay, path)).outcome).toBeUndefined()
      await untilControlled(page)
    }
    await expectHydrated(page)
    expect(await stored()).toEqual({ records: 0, caches: [] })
    expect(fetched(since)).toEqual([])

    relay.turnTo(server.port)
    expect((await visit(page, relay, '/')).outcome).toBeUndefined()
    await expect.poll(stored).toEqual(before)
    expect((await visit(page, relay, '/p/a')).outcome).toBe('instant')
  })
})

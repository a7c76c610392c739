// The option `rollout`: the worker comes to a browser and goes from it with the share that the host names, without a build.

import type { Page } from '@playwright/test'

import { expect, LOSS, test, untilControlled, visit } from '../../harness/fixtures.ts'
import type { Relay } from '../../harness/relay.ts'

test.use({ appName: 'acting', serverEnv: { SHELL_CACHE_ROLLOUT: '0.2' } })

/** As a host without our origin says it, or does not answer. */
function answerScript(relay: Relay, said: string | undefined): void {
  const answer = said === undefined ? 'reset' : { status: 200, headers: { 'shell-cache': said } }
  relay.fault = ({ method, url }) => (method === 'HEAD' && url === '/sw.js' ? answer : undefined)
}

/** What this page knows of its worker once it has asked. */
async function statusAt(page: Page, relay: Relay): Promise<string | undefined> {
  await page.goto(`${relay.origin}/update`)
  const status = page.getByTestId('status')
  await expect(status).toHaveText(/^(active|disabled)$/)
  return (await status.textContent()) ?? undefined
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
  expect(await statusAt(page, relay)).toBe('disabled')
  expect(await leftIn(page)).toEqual(NOTHING)

  answerScript(relay, 'rollout=0.5')
  expect(await statusAt(page, relay)).toBe('active')
  await untilControlled(page)
  expect((await visit(page, relay, '/p/a')).outcome).toBe('instant')

  answerScript(relay, undefined)
  expect(await statusAt(page, relay)).toBe('active')

  relay.fault = undefined
  expect(await statusAt(page, relay)).toBe('disabled')
  await expect.poll(() => leftIn(page)).toEqual(NOTHING)
  expect((await visit(page, relay, '/p/a')).outcome).toBeUndefined()
})

// Several tabs wait for a server that is down: only one of them polls it at a time, and all get its answer.

import { expect, install, LOSS, test } from '../../harness/fixtures.ts'

const PATHS = ['/', '/cart', '/products/tide-lamp']

test('asks by one tab for all whether the server answers again', async ({ page, profile, relay, expected }) => {
  expected.push(LOSS, /React error #419/)
  await install(page, relay)
  const tabs = [page, await profile.newPage(), await profile.newPage()]
  // Requests for pages and rests fail. A poll whether the server answers gets no response.
  const isQuestion = ({ headers }: { headers: object }): boolean => 'rsc' in headers && !('next-url' in headers)
  relay.fault = (incoming) => (isQuestion(incoming) ? 'silence' : 'reset')
  const since = relay.exchanges.length
  const waiting = (): number => relay.exchanges.slice(since).filter((one) => isQuestion(one) && !one.isEnded).length
  for (const [at, tab] of tabs.entries()) await tab.goto(relay.origin + PATHS[at])
  const turns = () => page.evaluate(async () => (await navigator.locks.query()).pending?.length)
  await expect.poll(turns, 'each other tab waits for its turn').toBe(tabs.length - 1)
  expect(waiting()).toBe(1)
  relay.fault = undefined
  relay.endSilence()
  for (const tab of tabs) await expect(tab.locator('[data-skeleton]')).toHaveCount(0)
})

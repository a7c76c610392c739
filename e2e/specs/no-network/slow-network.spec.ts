// Pages of `offlineCopies` on a slow network (`staleHoles`): until their content arrives, holes show that of the last visit, marked and
// without anything interactive. React hydrates as if the holes had been open.

import type { Page } from '@playwright/test'

import { ENGINES, until } from '../../engines/driver.ts'
import { expect as expectTab, test as engines } from '../../engines/fixtures.ts'
import { install as installTab, untilWhole } from '../../engines/page.ts'
import { expect, expectHydrated, install, test, visit } from '../../harness/fixtures.ts'
import { holdBack, readShown, type Shown } from '../../harness/in-page/stale.ts'
import { countPages, deletePage } from '../../harness/in-page/store-reads.ts'
import type { Relay } from '../../harness/servers/relay.ts'
import { addressOf } from '../../../sw/util/address.ts'

const PATH = '/seen/known'

const of = (visitor: string): Shown['holes'] => ({
  text: visitor,
  outer: `${visitor} about${visitor}`,
  form: visitor,
  button: `${visitor}Buy`,
})

test.use({ appName: 'copying', isProfileOwn: true })

async function beVisitor(page: Page, relay: Relay, name: string): Promise<void> {
  await page.context().addCookies([{ name: 'visitor', value: name, url: relay.origin }])
}

/** Visits the page from its shell, and waits until it is kept. */
async function visitKept(page: Page, relay: Relay): Promise<void> {
  await install(page, relay)
  await beVisitor(page, relay, 'Ada')
  await visit(page, relay, PATH)
  expect((await visit(page, relay, PATH)).outcome).toBe('instant')
  await expect.poll(() => page.evaluate(countPages)).toBe(2)
}

async function expectFresh(page: Page, visitor: string): Promise<void> {
  await expect.poll(() => page.evaluate(readShown)).toMatchObject({ holes: of(visitor), stale: [] })
}

for (const [what, isEarly] of [
  ['begins early', true],
  ['waits for its rest', false],
] as const)
  test(`shows what holes showed before, but nothing that acts, on a page that ${what}`, async ({ page, relay }) => {
    await visitKept(page, relay)
    if (!isEarly) await page.evaluate(deletePage, addressOf(relay.origin + PATH))
    await beVisitor(page, relay, 'Bob')
    const letThrough = holdBack(relay, PATH)
    await page.goto(relay.origin + PATH, { waitUntil: 'commit' })
    await expect
      .poll(() => page.evaluate(readShown))
      .toMatchObject({
        holes: { text: 'Ada', outer: 'Ada aboutAda', form: '…', button: '…' },
        stale: ['text', 'outer'],
        timesRun: 0,
      })
    await expect(page.locator('[data-slot=outer] [id]:not(template)')).toHaveCount(0)
    await expect(page.locator('script[data-copy]')).toHaveText('')
    if (isEarly) await expectHydrated(page)
    letThrough()
    await expectFresh(page, 'Bob')
    await expect(page.locator('[data-hole=visitor]')).toHaveText('Bob')
    if (isEarly) await expect(page.getByTestId('counter')).toHaveText('1')
    else await expectHydrated(page)
  })

test('shows nothing of before once this browser has heard of a change', async ({ page, relay }) => {
  await visitKept(page, relay)
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = resolve
        navigator.serviceWorker.controller?.postMessage({ type: 'shell-cache:refresh', changed: 'cart' }, [port2])
      }),
  )
  const letThrough = holdBack(relay, PATH)
  await page.goto(relay.origin + PATH, { waitUntil: 'commit' })
  await expect.poll(() => page.evaluate(readShown)).toMatchObject({ holes: { text: '…' } })
  // The page already has the script that would show it. The delay before that passes only in the worker, so this waits for it.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1000)))
  expect(await page.evaluate(readShown)).toMatchObject({ holes: { text: '…' }, stale: [] })
  letThrough()
  await expectFresh(page, 'Ada')
})

test('shows them still, as a copy, if the network then does not answer at all', async ({ page, relay }) => {
  await visitKept(page, relay)
  const letThrough = holdBack(relay, PATH)
  await page.goto(relay.origin + PATH, { waitUntil: 'commit' })
  await expect.poll(() => page.evaluate(readShown)).toMatchObject({ stale: ['text', 'outer'] })
  await expectFresh(page, 'Ada')
  await expectHydrated(page)
  letThrough()
})

for (const engine of ENGINES)
  engines.describe(engine, { tag: `@${engine}` }, () => {
    engines.use({ engine, app: 'copying' })

    engines('shows what holes showed before until their content comes', async ({ tab, relay }) => {
      await installTab(tab, relay, '/')
      await tab.run(() => void (document.cookie = 'visitor=Ada'))
      // Opening the page's own address again would be a reload.
      for (const path of [PATH, '/', PATH, '/']) {
        await tab.open(relay.origin + path)
        await untilWhole(tab)
      }
      await until(tab, (kept) => kept === 3, countPages)
      await tab.run(() => void (document.cookie = 'visitor=Bob'))
      const letThrough = holdBack(relay, PATH)
      await tab.open(relay.origin + PATH)
      await until(tab, ({ holes, stale }) => holes['text'] === 'Ada' && stale.length === 2, readShown)
      letThrough()
      await untilWhole(tab)
      const shown = await until(tab, ({ holes }) => holes['text'] === 'Bob', readShown)
      expectTab(shown).toMatchObject({ holes: of('Bob'), stale: [] })
      expectTab(tab.complaints()).toEqual([])
    })
  })

// A page from the store is interactive before any of its rest arrives, in every browser: counters count and links work, and nothing of
// that is lost when the rest arrives or fails.

import type { IncomingMessage } from 'node:http'

import { type Driver, ENGINES, until } from '../../engines/driver.ts'
import { expect, test } from '../../engines/fixtures.ts'
import { install } from '../../engines/page.ts'
import { clickOn, count, readHeading, readState, untilShown, untilWhole } from '../../engines/shop.ts'
import type { Relay } from '../../harness/servers/relay.ts'
import { alterStage, readStage } from '../../harness/in-page/stages.ts'
import { deferred } from '../../../sw/util/async.ts'

const PAGE = '/products/oak-stool'
const OPEN_HOLES = 3
// The app with the option turned on.
test.use({ app: 'shop-inspected' })

/** Every request to the page's own address for a document, a preload or a resume. */
const isForPage = ({ url, headers }: IncomingMessage): boolean => url === PAGE && headers['rsc'] === undefined

/** Visits the page from the store, so that the worker learns what the next visit begins with. */
async function learn(tab: Driver, relay: Relay): Promise<void> {
  await install(tab, relay, '/')
  await tab.open(relay.origin + PAGE)
  await untilWhole(tab)
  await until(tab, (stage) => stage !== 'none', readStage, PAGE)
  await tab.open(`${relay.origin}/about`)
  await untilWhole(tab)
}

/** Opens the page while its rest is held back, and counts up in it. */
async function openHeld(tab: Driver, relay: Relay): Promise<{ release: (value?: void) => void; counted: string }> {
  const { promise, resolve } = deferred<void>()
  relay.hold = (incoming) => (isForPage(incoming) ? promise : undefined)
  await tab.open(relay.origin + PAGE)
  const counted = await countUp(tab)
  const { holes, state } = await tab.run(readState)
  expect([holes, state === 'offline']).toEqual([OPEN_HOLES, false])
  return { release: resolve, counted }
}

/** Clicks until React counts. Returns what the counter then shows. */
async function countUp(tab: Driver): Promise<string> {
  await until(tab, (text) => /[1-9]/.test(text), count)
  return tab.run(readCount)
}

const readCount = (): string => document.querySelector('[data-testid=counter]')?.textContent ?? ''

/** Counts up in the page without a network, and checks that the count is kept when the network is back. */
async function openWithoutNetwork(tab: Driver, relay: Relay): Promise<void> {
  await tab.open(`${relay.origin}/about`)
  await relay.down()
  await tab.open(relay.origin + PAGE)
  await untilShown(tab, PAGE, OPEN_HOLES)
  const counted = await countUp(tab)
  await relay.up()
  await untilWhole(tab)
  expect(await tab.run(readCount)).toBe(counted)
}

for (const engine of ENGINES) {
  test.describe(engine, { tag: `@${engine}` }, () => {
    test.use({ engine })

    test('a page is interactive before its rest comes, and keeps what was done in it', async ({ tab, relay }) => {
      await learn(tab, relay)
      const { release, counted } = await openHeld(tab, relay)
      release()
      await untilWhole(tab)
      expect(await tab.run(readCount)).toBe(counted)
      // The page can be left immediately, before any of its rest arrives.
      const held = await openHeld(tab, relay)
      await until(tab, (found) => found, clickOn, '/cart')
      await until(tab, (heading) => heading === 'Your cart', readHeading)
      held.release()
    })

    test('a page that began early is whole with its rest, and without one like any other', async ({ tab, relay }) => {
      await learn(tab, relay)
      await tab.open(relay.origin + PAGE)
      await untilWhole(tab)
      await openWithoutNetwork(tab, relay)
      expect(await tab.run(readStage, PAGE)).toBe('known')
    })
  })
}

// By itself, WebKit paints nothing of such a page while its document is open (webkit-open-documents.spec.ts).
test.describe('with little text, in webkit', { tag: '@webkit' }, () => {
  test.use({ engine: 'webkit', app: 'acting' })

  test('a page is painted and interactive before its rest comes', async ({ tab, relay }) => {
    const isFilled = (): boolean => document.querySelector('[data-hole]') !== null
    const isPainted = (): boolean => performance.getEntriesByType('paint').length > 0
    await install(tab, relay, '/about')
    await tab.open(`${relay.origin}/p/a`)
    await until(tab, (filled) => filled, isFilled)
    await until(tab, (stage) => stage !== 'none', readStage, '/p/a')
    await tab.open(`${relay.origin}/about`)
    const { promise, resolve } = deferred<void>()
    relay.hold = ({ url }) => (url === '/p/a' ? promise : undefined)
    await tab.open(`${relay.origin}/p/a`)
    await until(tab, (painted) => painted, isPainted)
    const counted = await countUp(tab)
    expect(await tab.run(isFilled)).toBe(false)
    resolve()
    await until(tab, (filled) => filled, isFilled)
    expect(await tab.run(readCount)).toBe(counted)
  })
})

for (const engine of ['chromium', 'webkit'] as const)
  test.describe(`${engine}, compared with the network’s page`, { tag: `@${engine}` }, () => {
    test.use({ engine })

    test('a page that began early is the same as the network’s', async ({ tab, relay }) => {
      await learn(tab, relay)
      await tab.open(relay.origin + PAGE)
      await untilWhole(tab)
      const before = relay.exchanges.filter(({ url }) => url === PAGE).length
      const early = await tab.run(readDocument)
      await tab.run(() => {
        Reflect.set(self, 'isOld', true)
        setTimeout(() => location.reload())
      })
      await until(
        tab,
        (isOld) => !isOld,
        () => Reflect.get(self, 'isOld') === true,
      )
      await untilWhole(tab)
      expect(relay.exchanges.filter(({ url }) => url === PAGE).length).toBe(before + 1)
      expect(early).toBe(await tab.run(readDocument))
      expect(tab.complaints()).toEqual([])
    })

    test('a page whose rest begins otherwise is loaded anew, once, and never begins early again', async ({
      tab,
      relay,
    }) => {
      await learn(tab, relay)
      await tab.run(alterStage, PAGE, 'Three legs', 'Four  legs')
      await tab.open(relay.origin + PAGE)
      await until(tab, (stage) => stage === 'unfit', readStage, PAGE)
      await untilWhole(tab)
      expect(await tab.run(() => document.body.innerText)).toContain('Three legs')
      await tab.open(`${relay.origin}/about`)
      const before = relay.exchanges.length
      await tab.open(relay.origin + PAGE)
      await untilWhole(tab)
      const asked = relay.exchanges
        .slice(before)
        .filter(({ url, headers }) => url === PAGE && headers['rsc'] === undefined)
      expect(asked.length, 'documents and resumes').toBe(1)
    })
  })

/** The page's content for a visitor, without scripts and without what differs between renders. */
function readDocument(): string {
  const copy = document.documentElement.cloneNode(true)
  if (!(copy instanceof Element)) return ''
  for (const element of copy.querySelectorAll('script, link, style, template')) element.remove()
  for (const element of copy.querySelectorAll('[data-nonce]')) element.removeAttribute('data-nonce')
  return copy.outerHTML
}

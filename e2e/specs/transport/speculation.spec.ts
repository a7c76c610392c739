// A page that the browser prepares before the click, by speculation rules for stored pages: the origin renders only its holes, the page is
// shown filled and hydrated, and nothing is prepared if that would cost more.

import { ENGINES, until } from '../../engines/driver.ts'
import { expect as expectTab, test as engines } from '../../engines/fixtures.ts'
import { install as installTab } from '../../engines/page.ts'
import { openUnattachedChromium } from '../../engines/unattached.ts'
import { expect, test } from '../../harness/fixtures.ts'
import {
  asked,
  openSpeculating,
  pointAtLink,
  restOnLink,
  speculateIn,
  speculationUrl,
} from '../../harness/in-page/speculation.ts'
import { EXPECT_MS } from '../../harness/timeouts.ts'
import { deferred } from '../../../sw/util/async.ts'

const LAMP = '/products/tide-lamp'
const MUG = '/products/ink-mug'

test('shows a page that one resume has prepared when a plain link is clicked', async ({ relay }) => {
  await using tab = await openUnattachedChromium(true)
  await openSpeculating(tab, relay)
  await pointAtLink(tab, LAMP)
  await expect.poll(() => asked(relay, LAMP).at(-1)?.isEnded, { timeout: EXPECT_MS }).toBe(true)
  const [prepared, ...more] = asked(relay, LAMP)
  expect(more).toEqual([])
  expect(prepared?.headers['sec-speculation-tags'] ?? prepared?.method).toMatch(/^("shell-cache"|POST)$/)
  expect(prepared?.answer['shell-cache-verdict'], 'holes alone').toMatch(/^resumed; /)
  await tab.press()
  const shown = await until(
    tab,
    // React may still be hydrating: the click comes as soon as the bytes have arrived.
    ({ path, isFilled, isTaken }) => path === LAMP && isFilled && isTaken,
    () => ({
      path: location.pathname,
      isFilled: document.querySelector('main') !== null && document.querySelector('[data-skeleton]') === null,
      start: Number(Reflect.get(performance.getEntriesByType('navigation')[0] ?? {}, 'activationStart')),
      isTaken: Object.keys(document.querySelector('main button') ?? {}).some((name) =>
        name.startsWith('__reactProps$'),
      ),
    }),
  )
  expect(shown.start, 'the click has shown what was prepared').toBeGreaterThan(0)
  expect(asked(relay, LAMP), 'nothing for the click').toHaveLength(1)
})

test('shows the shell of a prepared page if the click comes before the origin’s answer', async ({ relay }) => {
  await using tab = await openUnattachedChromium(true)
  await openSpeculating(tab, relay)
  const answer = deferred<undefined>()
  relay.late = ({ url }) => (url === LAMP ? answer.promise : undefined)
  await pointAtLink(tab, LAMP)
  await expect.poll(() => asked(relay, LAMP).length, { timeout: EXPECT_MS }).toBe(1)
  await tab.press()
  const look = (): { path: string; isShown: boolean; hasHoles: boolean; start: number } => ({
    path: location.pathname,
    isShown: document.querySelector('main') !== null,
    hasHoles: document.querySelector('[data-skeleton]') !== null,
    start: Number(Reflect.get(performance.getEntriesByType('navigation')[0] ?? {}, 'activationStart')),
  })
  const shown = await until(tab, ({ path, isShown, hasHoles }) => path === LAMP && isShown && hasHoles, look)
  expect(shown.start, 'the click has shown what was prepared').toBeGreaterThan(0)
  answer.resolve(undefined)
  await until(tab, ({ path, isShown, hasHoles }) => path === LAMP && isShown && !hasHoles, look)
  expect(asked(relay, LAMP), 'nothing for the click').toHaveLength(1)
})

for (const [what, to, attribute] of [
  ['a link with a query', `${LAMP}?add=1`, ''],
  ['a link that the app has marked', LAMP, 'data-no-speculation'],
  ['a download', LAMP, 'download'],
] as const)
  test(`prepares nothing for ${what}`, async ({ relay }) => {
    await using tab = await openUnattachedChromium(true)
    await openSpeculating(tab, relay)
    await pointAtLink(tab, to, attribute)
    await restOnLink(tab)
    await pointAtLink(tab, MUG)
    await expect.poll(() => asked(relay, MUG).length, { timeout: EXPECT_MS }).toBe(1)
    expect(asked(relay, LAMP)).toEqual([])
  })

for (const engine of ENGINES)
  engines.describe(engine, { tag: `@${engine}` }, () => {
    engines.use({ engine })

    engines('writes rules that the browser takes, or none', async ({ tab, relay }) => {
      await installTab(tab, relay)
      const hasRules = await tab.run(
        () => 'supports' in HTMLScriptElement && HTMLScriptElement.supports('speculationrules'),
      )
      const rules = await tab.run(speculateIn, await speculationUrl('faults'))
      expectTab(rules.length).toBe(1)
      expectTab(hasRules).toBe(engine === 'chromium')
      expectTab(tab.complaints()).toEqual([])
    })
  })

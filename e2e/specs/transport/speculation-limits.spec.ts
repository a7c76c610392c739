// The limits of a page's speculation rules: next to the app's own rules, under a policy that forbids them, with Save-Data, for guarded
// pages and addresses with side effects, and while the origin is busy.

import { until } from '../../engines/driver.ts'
import { openUnattachedChromium } from '../../engines/unattached.ts'
import { expect, install, test, visit } from '../../harness/fixtures.ts'
import {
  asked,
  isControlled,
  openSpeculating,
  pointAtLink,
  restOnLink,
  speculateIn,
  speculationUrl,
} from '../../harness/in-page/speculation.ts'
import { storedKeys } from '../../harness/in-page/store-reads.ts'
import { storePolicy } from '../../harness/in-page/stored-policy.ts'
import { EXPECT_MS } from '../../harness/timeouts.ts'

const LAMP = '/products/tide-lamp'
const MUG = '/products/ink-mug'
const within = { timeout: EXPECT_MS }

/** Runs in a page. */
function addRules(rules: object): void {
  const script = document.createElement('script')
  script.type = 'speculationrules'
  script.textContent = JSON.stringify(rules)
  document.head.append(script)
}

/** Runs in a page. */
function readRules(): string[] {
  return [...document.querySelectorAll('script[type=speculationrules]')].map(({ textContent }) => textContent ?? '')
}

test('stands beside the app’s own rules: each prepares what it names', async ({ relay }) => {
  await using tab = await openUnattachedChromium(true)
  await openSpeculating(tab, relay)
  const before = (await tab.run(readRules)).length
  const own = { prerender: [{ urls: [MUG], eagerness: 'immediate', tag: 'shop' }] }
  await tab.run(addRules, own)
  await expect.poll(() => asked(relay, MUG).length, within).toBe(1)
  expect(await tab.run(readRules)).toHaveLength(before + 1)
  expect((await tab.run(readRules)).at(-1)).toBe(JSON.stringify(own))
  await pointAtLink(tab, LAMP)
  await expect.poll(() => asked(relay, LAMP).at(-1)?.answer['shell-cache-verdict'], within).toMatch(/^resumed; /)
  expect(asked(relay, LAMP)).toHaveLength(1)
})

test('takes its rules away if the connection begins to save data, and brings them back', async ({ relay }) => {
  await using tab = await openUnattachedChromium(true)
  await openSpeculating(tab, relay)
  const save = (saveData: boolean): Promise<void> =>
    tab.run((isSaving) => {
      const line: EventTarget = Reflect.get(navigator, 'connection')
      Object.defineProperty(line, 'saveData', { value: isSaving, configurable: true })
      line.dispatchEvent(new Event('change'))
    }, saveData)
  await save(true)
  expect(await tab.run(readRules)).toEqual([])
  await pointAtLink(tab, LAMP)
  await restOnLink(tab)
  expect(asked(relay, LAMP)).toEqual([])
  await save(false)
  await pointAtLink(tab, MUG)
  await expect.poll(() => asked(relay, MUG).length, within).toBe(1)
})

test('costs a busy origin one refusal, and the click is a navigation as any other', async ({ relay }) => {
  await using tab = await openUnattachedChromium(true)
  await openSpeculating(tab, relay)
  relay.fault = ({ url }) =>
    url === LAMP ? { status: 503, headers: { 'shell-cache-verdict': 'refused; reason=busy' } } : undefined
  await pointAtLink(tab, LAMP)
  await expect.poll(() => asked(relay, LAMP).length, within).toBe(1)
  await restOnLink(tab)
  expect(asked(relay, LAMP), 'no document in its place').toHaveLength(1)
  relay.fault = undefined
  await tab.press()
  const shown = await until(
    tab,
    ({ path, isFilled }) => path === LAMP && isFilled,
    () => ({
      path: location.pathname,
      isFilled: document.querySelector('main') !== null && document.querySelector('[data-skeleton]') === null,
      start: Number(Reflect.get(performance.getEntriesByType('navigation')[0] ?? {}, 'activationStart')),
    }),
  )
  expect(shown.start, 'nothing was prepared').toBe(0)
})

test.describe('of an app with guarded pages', () => {
  test.use({ appName: 'faults' })

  test('names no guarded page, stored or not, and no address that acts', async ({ relay }) => {
    await using tab = await openUnattachedChromium(true)
    await tab.open(`${relay.origin}/whole`)
    await until(tab, (is) => is, isControlled)
    await tab.run(() => void (document.cookie = 'session=1'))
    await tab.open(`${relay.origin}/account`)
    await until(tab, (keys) => keys.includes('/account'), storedKeys)
    await tab.open(`${relay.origin}/whole`)
    await until(
      tab,
      (path) => path === '/whole',
      () => location.pathname,
    )
    const url = await speculationUrl('faults')
    await until(tab, (rules) => rules.some((rule) => rule.includes('"/p/')), speculateIn, url)
    const before = relay.exchanges.length
    for (const path of ['/account', '/logout']) {
      await pointAtLink(tab, path)
      await restOnLink(tab)
    }
    await pointAtLink(tab, '/p/a')
    await expect.poll(() => asked(relay, '/p/a').length, within).toBeGreaterThan(0)
    const others = relay.exchanges.slice(before).filter((exchange) => /^\/(account|logout)/.test(exchange.url))
    expect(others).toEqual([])
  })
})

test.describe('with an inspector', () => {
  test.use({ appName: 'shop-inspected', isProfileOwn: true })

  test('tries nothing that the page’s policy forbids, and the inspector says so', async ({ page, profile, relay }) => {
    await install(page, relay, '/about')
    await expect.poll(() => page.evaluate(storedKeys)).toContain('/about')
    const url = await speculationUrl('shop-inspected')
    expect(await page.evaluate(storePolicy, { key: '/about', policy: "default-src 'self'" })).toBe(true)
    expect(await page.evaluate(speculateIn, url)).toEqual([])
    const inspector = await profile.newPage()
    await inspector.goto(`${relay.origin}/_shell-cache/inspector`)
    const effect = inspector.locator('[data-option=speculate]')
    await expect(effect).toContainText('The policy of 1 stored page forbids speculation rules')
    expect((await visit(page, relay, LAMP)).outcome).toBe('instant')
  })

  test('knows of a policy in the page what the browser knows', async ({ page, relay, expected }) => {
    await install(page, relay, '/about')
    await expect.poll(() => page.evaluate(storedKeys)).toContain('/about')
    const url = await speculationUrl('shop-inspected')
    await page.evaluate(() => {
      const meta = document.createElement('meta')
      meta.httpEquiv = 'Content-Security-Policy'
      meta.content = "script-src 'self' 'unsafe-eval'"
      document.head.append(meta)
    })
    expect(await page.evaluate(speculateIn, url)).toEqual([])
    expected.push(/^Applying inline speculation rules violates/)
    const violated = page.evaluate(
      () =>
        new Promise((resolve) =>
          addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective)),
        ),
    )
    await page.evaluate(addRules, {})
    expect(await violated).toBe('script-src-elem')
  })
})

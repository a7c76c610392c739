// The inspector's page in a real browser, after real navigations: what is stored, how and why each visit was answered, and its controls.
// Unit tests prove the words and the lanes; only this proves that the worker reports what happened.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { AxeBuilder } from '@axe-core/playwright'

import { stopWorker } from '../../../playwright/stop-worker.ts'
import { OPTION_NAMES } from '../../../adapter-plugin/config/options.ts'
import { expect, expectHydrated, install, test, visit } from '../../harness/fixtures.ts'
import { appFolder, WORK } from '../../harness/paths.ts'
import { cellsOf, expectInOrder, lane, openInspector, visitsIn } from '../../harness/inspector-page.ts'
import { startServer } from '../../harness/servers/server.ts'
import { countVisits } from '../../harness/in-page/store-reads.ts'
import { takeUpdate } from '../../harness/in-page/take-update.ts'

test.use({ appName: 'shop-inspected' })

test('draws each navigation with its reason, and counts what answered it', async ({ page, profile, relay }) => {
  await install(page, relay)
  await visit(page, relay, '/')
  await visit(page, relay, '/about')
  await page.reload()
  // Visits are noted afterwards, and a stopped worker notes nothing more.
  await expect.poll(() => page.evaluate(countVisits)).toBe(3)
  await stopWorker(page)
  await visit(page, relay, '/cart')
  const inspector = await openInspector(profile, relay)
  const visits = visitsIn(inspector)
  await expect(visits).toHaveCount(4)

  const cold = visits.nth(0)
  await expect(cold.getByRole('heading')).toContainText('/cart instant cold worker')
  await expect(cold).toContainText('The stored shell was shown at once. The origin rendered only the holes.')
  await expect(lane(cold, 'Worker starts')).toBeVisible()
  await expectInOrder(cold, ['Store', 'First byte, of the shell', 'Holes, first to last', 'End'])
  await expectInOrder(cold, ['Store', 'Verdict', 'Holes, first to last', 'End'])

  await expect(visits.nth(1)).toContainText('It was a reload')
  await expect(lane(visits.nth(1), 'First byte, of the network')).toBeVisible()
  await expect(visits.nth(2)).toContainText('The page has no holes: all of it was stored.')
  await expect(lane(visits.nth(2), 'Holes, first to last')).toHaveCount(0)
  await expect(visits.nth(3).getByRole('heading')).toContainText('/ instant')
  await expect(lane(visits.nth(3), 'Worker starts')).toHaveCount(0)

  await expect
    .poll(() => cellsOf(inspector, '/about'))
    .toMatchObject({ Mode: 'instant', State: 'whole page', Hits: '1' })
  await expect.poll(() => cellsOf(inspector, '/cart')).toMatchObject({ Mode: 'instant', State: 'shell', Hits: '1' })
  expect(await cellsOf(inspector, '/products')).toMatchObject({ Hits: '0' })
})

test('simulates a lost network, also in workers started later, and ends it', async ({
  page,
  profile,
  relay,
  expected,
}) => {
  expected.push(/419/, /Failed to fetch|net::ERR_FAILED|Failed to load resource/)
  await install(page, relay)
  const inspector = await openInspector(profile, relay)
  await inspector.getByLabel('No network').check()
  await expect(inspector.getByRole('alert')).toHaveText('Simulated: no network.')
  await stopWorker(page)
  const before = relay.exchanges.length
  const response = await page.goto(`${relay.origin}/`)
  expect(response?.headers()['server-timing']).toContain('instant')
  await expectHydrated(page)
  await expect(page.locator('[data-skeleton]').first()).toBeVisible()
  expect(relay.exchanges.slice(before).filter(({ method }) => method === 'POST')).toEqual([])
  const offline = visitsIn(inspector).first()
  await expect(offline).toContainText('made interactive')
  await expect(lane(offline, 'Tail, without a network')).toBeVisible()
  await expect(offline).toContainText('The inspector simulated it.')
  await inspector.getByLabel('As it is').check()
  await expect(page.locator('[data-skeleton]')).toHaveCount(0)
  await expect(page.getByTestId('counter')).toContainText('1')
})

test('simulates a refusal of the origin: the document follows the shell', async ({ page, profile, relay }) => {
  await install(page, relay)
  const inspector = await openInspector(profile, relay)
  await inspector.getByLabel('Origin refuses').check()
  await expect(inspector.getByRole('alert')).toBeVisible()
  expect((await visit(page, relay, '/products/tide-lamp')).outcome).toBe('instant')
  await expect(visitsIn(inspector).first()).toContainText('The origin refused (failed)')
})

test('marks every record as changed on Refresh, and forgets everything on Purge', async ({ page, profile, relay }) => {
  await install(page, relay)
  await visit(page, relay, '/')
  const inspector = await openInspector(profile, relay)
  await inspector.getByRole('button', { name: 'Refresh' }).click()
  await expect(inspector.getByText('Everything counts as changed')).toBeVisible()
  await expect.poll(() => cellsOf(inspector, '/')).toMatchObject({ State: 'invalidated' })
  expect((await visit(page, relay, '/')).outcome).toBeUndefined()
  await expect(visitsIn(inspector).first()).toContainText('The visitor has changed')
  await inspector.getByRole('button', { name: 'Purge' }).click()
  await expect(inspector.getByText('Nothing is stored any more.')).toBeVisible()
  await expect(inspector.getByText('None yet.')).toBeVisible()
  await expect(inspector.getByRole('region', { name: 'Stored in this browser' })).toContainText('Nothing.')
})

test('says what every option comes to', async ({ page, profile, relay }) => {
  await install(page, relay)
  await visit(page, relay, '/')
  const inspector = await openInspector(profile, relay)
  const options = inspector.locator('[data-option]')
  const names = await options.evaluateAll((all) => all.map((one) => one.getAttribute('data-option')))
  expect(names).toEqual(OPTION_NAMES)
  for (const [at, name] of names.entries())
    expect((await options.nth(at).locator('p').textContent())?.trim(), `the effect of ${name}`).not.toBe('')
  await expect(inspector.locator('[data-option=budget]')).toContainText(/^.*10 of 500 records/)
  await expect(inspector.locator('[data-option=preload]')).toContainText('On, with the header')
  await expect(inspector.locator('[data-option=offline]')).toContainText('Stored')
})

test('works on a phone, by keyboard and with a screen reader', async ({ page, profile, relay }) => {
  await install(page, relay)
  await visit(page, relay, '/products/tide-lamp')
  const inspector = await openInspector(profile, relay)
  await expect(visitsIn(inspector)).toHaveCount(1)
  for (const width of [320, 1280]) {
    await inspector.setViewportSize({ width, height: 740 })
    const { scrollWidth, clientWidth } = await inspector.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      return { scrollWidth, clientWidth }
    })
    expect(scrollWidth, `at ${width} pixels`).toBeLessThanOrEqual(clientWidth)
    await inspector.screenshot({ path: join(WORK, 'results', `inspector-${width}.png`), fullPage: true })
    const { violations } = await new AxeBuilder({ page: inspector }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  }
  await inspector.locator('body').focus()
  for (const name of ['Refresh', 'Purge', 'Export']) {
    await inspector.keyboard.press('Tab')
    await expect(inspector.getByRole('button', { name })).toBeFocused()
  }
  await inspector.keyboard.press('Tab')
  await inspector.keyboard.press('ArrowDown')
  await expect(inspector.getByLabel('No network')).toBeChecked()
  await expect(inspector.getByRole('alert')).toBeVisible()
  await expect(
    inspector.getByRole('img', { name: /^Store: .*First byte, of the shell: .*Verdict: .*Holes/ }),
  ).toBeVisible()
})

test('draws a navigation in another tab, and keeps focus, selection and scroll', async ({ page, profile, relay }) => {
  await install(page, relay)
  await visit(page, relay, '/about')
  const inspector = await openInspector(profile, relay)
  const visits = visitsIn(inspector)
  await expect(visits).toHaveCount(1)
  const refresh = inspector.getByRole('button', { name: 'Refresh' })
  await refresh.focus()
  await inspector.keyboard.press('Enter')
  await expect(inspector.getByText('Everything counts as changed')).toBeVisible()
  await expect(refresh).toBeEnabled()
  await expect(refresh).toBeFocused()

  await visits.getByText('/about').selectText()
  const option = inspector.locator('[data-option=budget]')
  await option.scrollIntoViewIfNeeded()
  const before = await option.boundingBox()
  // A navigation in another tab adds a visit above the selected one.
  await visit(page, relay, '/products/tide-lamp')
  await expect(visits).toHaveCount(2)
  expect(await inspector.evaluate(() => getSelection()?.toString())).toBe('/about')
  // Browsers anchor to whole pixels.
  await expect.poll(async () => Math.abs(((await option.boundingBox())?.y ?? NaN) - (before?.y ?? NaN))).toBeLessThan(1)
  await expect(refresh).toBeFocused()
})

test('leaves nothing if the option is off', async ({ page, relay }) => {
  const shop = join(appFolder('shop'), '.next', 'static', 'shell-cache')
  expect(readdirSync(shop).filter((name) => name.startsWith('inspector'))).toEqual([])
  const worker = readFileSync(join(appFolder('shop-next'), '.next', 'static', 'shell-cache', 'sw.js'), 'utf8')
  expect(worker).not.toContain('shell-cache:inspect')
  expect(existsSync(join(appFolder('shop-inspected'), '.next', 'static', 'shell-cache', 'inspector.html'))).toBe(true)
  await install(page, relay)
  await visit(page, relay, '/')
  await using next = await startServer(appFolder('shop-next'), {})
  await takeUpdate(page, () => relay.turnTo(next.port))
  expect((await fetch(`${relay.origin}/_shell-cache/inspector`)).status).toBe(404)
  await expect
    .poll(() => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)))
    .toEqual(['next-shell-cache:/'])
  // Closed before its server ends.
  await page.close()
})

test('logs each navigation as Workbox logs', async ({ page, profile, relay }) => {
  const logged: string[] = []
  profile.on('console', (message) => logged.push(`${message.type()} ${message.text()}`))
  await install(page, relay)
  await visit(page, relay, '/')
  await expect
    .poll(() => logged.join('\n'))
    .toMatch(
      /startGroupCollapsed %cshell-cache .*\/: instant, first byte after[^]*The origin rendered only the holes\./,
    )
})

test('names what it waited for to the browser’s own tools', async ({ page, relay }) => {
  await install(page, relay)
  const { response } = await visit(page, relay, '/')
  expect(response.headers()['server-timing']).toMatch(
    /shell;desc="instant", shell-age;desc="\d+", shell-store;dur=\d+\.\d/,
  )
  const measures = await page.evaluate(async () => {
    await new Promise((resolve) => {
      new PerformanceObserver(resolve).observe({ type: 'measure', buffered: true })
    })
    return performance
      .getEntriesByType('measure')
      .map((entry) => ({ name: entry.name, detail: (entry as PerformanceMeasure).detail as unknown }))
  })
  const ours = measures.filter(({ name }) => name.startsWith('shell-cache:'))
  expect(ours.map(({ name }) => name).toSorted()).toEqual([
    'shell-cache:holes',
    'shell-cache:shell',
    'shell-cache:worker',
  ])
  expect(ours[0]?.detail).toMatchObject({ outcome: 'instant' })
})

// The reports that pages send to a worker with an inspector: drawn on one time scale, and saved in the form of `next-shell-cache report`.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Page } from '@playwright/test'

import { isPageReport } from '../../../protocol/page/page-report.ts'
import { expect, install, test, visit } from '../../harness/fixtures.ts'
import { openInspector } from '../../harness/inspector-page.ts'
import { ROOT, WORK } from '../../harness/paths.ts'

test.use({ appName: 'shop-inspected' })

/** Waits until the page's report has everything that is final before the page is left. */
async function untilMeasured(page: Page): Promise<void> {
  await page.waitForFunction(() => performance.getEntriesByName('shell-cache:report-ready').length === 1)
}

test('draws what pages have reported on one scale, and exports it as the command reads it', async ({
  page,
  profile,
  relay,
}) => {
  await install(page, relay)
  for (const path of ['/', '/products/tide-lamp?token=mine-alone', '/cart']) {
    await visit(page, relay, path)
    await untilMeasured(page)
  }
  await page.goto(`${relay.origin}/about`)

  // The inspector is in front of the page, so the page paints nothing from now on.
  const inspector = await openInspector(profile, relay)
  const report = inspector.getByRole('region', { name: 'Report of this browser' })
  const views = report.getByRole('listitem')
  await expect(views.nth(0)).toContainText('/cart instant')
  await expect(views.nth(1)).toContainText('/products/[slug] instant')
  await expect(views.nth(2)).toContainText('/ instant')
  await expect(views.nth(0).getByRole('img')).toHaveAccessibleName(/first byte .*first paint .*largest paint /)
  for (const width of [320, 1280]) {
    await inspector.setViewportSize({ width, height: 740 })
    const scales = await report.locator('.view > svg').evaluateAll((all) =>
      all.map((drawing) => {
        const { x, width } = drawing.getBoundingClientRect()
        return [x, width]
      }),
    )
    expect(scales.length).toBeGreaterThan(3)
    expect(new Set(scales.map(String)).size, `one scale at ${width} pixels`).toBe(1)
    await inspector.screenshot({ path: join(WORK, 'results', `inspector-report-${width}.png`), fullPage: true })
  }
  await expect(report).toContainText(/How \d+ pages came: .*instant 3 \(\d+ %\)/)

  const count = await views.count()
  const saving = inspector.waitForEvent('download')
  await inspector.getByRole('button', { name: 'Export' }).click()
  const file = await (await saving).path()
  await expect(inspector.getByText(`Saved ${count} reports.`)).toBeVisible()
  const text = readFileSync(file, 'utf8')
  expect(text).not.toMatch(/mine-alone|tide-lamp/)
  expect(
    text
      .trim()
      .split('\n')
      .every((line) => isPageReport(JSON.parse(line))),
  ).toBe(true)
  const command = join(ROOT, 'dist', 'node', 'cli.js')
  expect(execFileSync(process.execPath, [command, 'report', file], { encoding: 'utf8' })).toContain(
    `${count} page views`,
  )

  await inspector.getByRole('button', { name: 'Purge' }).click()
  await expect(report).toContainText('No report yet.')
  await expect(inspector.getByRole('button', { name: 'Export' })).toHaveAttribute('aria-disabled', 'true')
})

// Without the relay, which requests uncompressed responses: Next compresses documents and resumes alike, and a compressor that is not
// flushed would hold back every hole until the last one is rendered.

import { expect, expectHydrated, test, untilControlled } from '../../harness/fixtures.ts'

test.use({ serverEnv: { SHOP_DELAY_MS: '1000' } })

test('shows each hole of a compressed resume as it comes', async ({ page, server }) => {
  const origin = `http://localhost:${server.port}`
  const plain = await page.goto(`${origin}/`)
  expect(plain?.headers()['content-encoding']).toBe('gzip')
  await untilControlled(page)
  const response = await page.goto(`${origin}/products/tide-lamp`, { waitUntil: 'commit' })
  expect(response?.headers()['server-timing']).toContain('shell;desc="instant"')
  const stockWasMissing = await page.waitForFunction(
    () =>
      document.querySelector('[data-hole=price]:not([hidden] *)') && document.querySelector('[data-skeleton=stock]'),
  )
  expect(stockWasMissing).toBeTruthy()
  await expect(page.getByTestId('stock')).toBeVisible()
  await expectHydrated(page)
})

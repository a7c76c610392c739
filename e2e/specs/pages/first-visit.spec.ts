// Proves that the shell cache costs a first visit nothing. The last hole arrives late, so hydration ends long before `load`: a
// registration that did not wait for `load` would be noticed.

import { expect, test, untilControlled } from '../../harness/fixtures.ts'

test.use({ isWholeBrowser: true, serverEnv: { SHOP_DELAY_MS: '5000' } })

test('registers the worker only when the page has loaded', async ({ page, relay }) => {
  await page.addInitScript(() => {
    const container = navigator.serviceWorker
    const register = container.register.bind(container)
    container.register = (...script) => {
      document.documentElement.dataset['registeredAt'] = document.readyState
      return register(...script)
    }
  })
  await page.goto(`${relay.origin}/`, { waitUntil: 'commit' })
  const counter = page.getByTestId('counter')
  // A click before hydration is lost. The first click that counts shows that hydration has ended.
  const patience = { intervals: [100] }
  await expect.poll(() => counter.click().then(() => counter.textContent()), patience).not.toContain('0 likes')
  await expect(page.locator('[data-skeleton]')).not.toHaveCount(0)
  await untilControlled(page)
  expect(await page.evaluate(() => document.documentElement.dataset['registeredAt'])).toBe('complete')
})

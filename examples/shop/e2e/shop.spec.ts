import { expect, test } from 'next-shell-cache/playwright'

test('opens a page from its shell on the second visit', async ({ page, shellCache }) => {
  await page.goto('/products/tide-lamp')
  await expect(page).not.toHaveServedShell()
  await shellCache.ready()

  await page.goto('/products/tide-lamp')
  await expect(page).toHaveServedShell('instant')
  await expect(page.getByTestId('price')).toHaveText('£89.00')
})

test('opens a page that no build knew from the shell of its route', async ({ page, shellCache }) => {
  await page.goto('/')
  await shellCache.ready()
  const keys = (await shellCache.records()).map(({ key }) => key)
  expect(keys).toContain('/products/[slug]')
  expect(keys).not.toContain('/products/rain-coat')

  await page.goto('/products/rain-coat')
  await expect(page).toHaveServedShell('instant')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Rain Coat')
})

test('opens from its shell when the worker has to start first', async ({ page, shellCache, browserName }) => {
  test.skip(browserName !== 'chromium', 'only Chromium lets a test stop a worker')
  await page.goto('/')
  await shellCache.ready()

  await shellCache.stopWorker()
  await page.goto('/')
  await expect(page).toHaveServedShell('instant')
  await page.getByTestId('counter').click()
  await expect(page.getByTestId('counter')).toContainText('1 likes')
})

test('opens without a network and fills its holes when there is one', async ({ page, shellCache }) => {
  await page.goto('/')
  await shellCache.ready()

  await shellCache.goOffline()
  await page.goto('/products/tide-lamp')
  await expect(page).toHaveServedShell('offline')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tide Lamp')
  await page.getByTestId('counter').click()
  await expect(page.getByTestId('price')).toBeHidden()

  await shellCache.goOnline()
  await expect(page.getByTestId('price')).toHaveText('£89.00')
  await expect(page.getByTestId('counter'), 'the page is the same').toContainText('1 likes')
})

test('has a page without holes in the browser, and a page for all that it has not', async ({ page, shellCache }) => {
  await page.goto('/')
  await shellCache.ready()
  await page.goto('/about')
  await expect(page).toHaveServedShell('static')

  await shellCache.goOffline()
  await page.goto('/account/orders')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not without a network')
})

test('shows on the next visit what the visitor has put into the cart', async ({ page, shellCache }) => {
  await page.goto('/products/ink-mug')
  await shellCache.ready()
  await page.getByTestId('add-to-cart').click()
  await expect(page.getByTestId('cart-badge')).toHaveText('1')

  await page.goto('/cart')
  await expect(page).toHaveServedShell('instant')
  await expect(page.getByTestId('cart-lines')).toContainText('Ink Mug')
})

test('shows on every visit what the visitor has written', async ({ page, shellCache }, { testId }) => {
  const reviews = page.getByTestId('reviews')
  await page.goto('/products/pine-clock')
  await shellCache.ready()
  await page.getByLabel('Your words').fill(testId)
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(reviews).toContainText(testId)

  await page.goto('/products/pine-clock')
  await expect(reviews).toContainText(testId)
  // A shell without the review is never shown again, and soon there is a shell with it.
  await expect(async () => {
    await page.goto('/products/pine-clock')
    await expect(page).toHaveServedShell('instant', { timeout: 1 })
  }).toPass()
  await expect(reviews).toContainText(testId)
})

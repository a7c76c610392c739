// What changes from visit to visit reaches the holes of a shell: cookies, query strings, actions, fresh data.

import { expect, install, test, visit } from '../../harness/fixtures.ts'

test.use({ isVisitorKept: true })

test('shows the visitor’s own cart on a shell that knows no one', async ({ page, relay }) => {
  await install(page, relay)
  await visit(page, relay, '/products/tide-lamp')
  await expect(page.getByTestId('cart-badge')).toHaveText('0')
  await page.getByTestId('add-to-cart').click()
  await expect(page.getByTestId('cart-badge')).toHaveText('1')
  const { outcome } = await visit(page, relay, '/')
  expect(outcome).toBe('instant')
  await expect(page.getByTestId('cart-badge')).toHaveText('1')
  await visit(page, relay, '/cart')
  await expect(page.getByTestId('cart-lines')).toContainText('Tide Lamp')
})

test('hands the query string to the holes', async ({ page, relay }) => {
  await install(page, relay)
  await visit(page, relay, '/products')
  await expect(page.getByTestId('sorted')).toHaveText('First by name: Cork Board')
  const { outcome } = await visit(page, relay, '/products?sort=price&x=%20%26')
  expect(outcome).toBe('instant')
  await expect(page.getByTestId('sorted')).toHaveText('First by price: Ink Mug')
})

test('renders the holes anew at each visit', async ({ page, relay }) => {
  await install(page, relay)
  const nonces = new Set<string | null>()
  for (let visits = 0; visits < 3; visits++) {
    await visit(page, relay, '/products/oak-stool')
    nonces.add(await page.getByTestId('price').getAttribute('data-nonce'))
  }
  expect(nonces.size).toBe(3)
})

test.describe(() => {
  // An action's write leaves invalidated records.
  test.use({ isVisitorKept: false })

  test('runs a server action of a page that came from a shell', async ({ page, relay }) => {
    await install(page, relay)
    await visit(page, relay, '/products/pine-clock')
    const words = `quiet ${Date.now()}`
    await page.getByTestId('review-form').getByLabel('Your words').fill(words)
    await page.getByTestId('review-form').getByRole('button').click()
    await expect(page.getByTestId('reviews')).toContainText(words)
  })
})

test('moves to another page and back without a document', async ({ page, relay }) => {
  await install(page, relay)
  await visit(page, relay, '/')
  await page.getByRole('navigation').getByRole('link', { name: 'Products' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Products')
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Made to last, there at once')
})

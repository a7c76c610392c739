// Every test fails in the way that its title says. playwright-messages.spec.ts reads the runner's messages.

import { expect, test } from 'next-shell-cache/playwright'

test('a shell that was not served', async ({ page, shellCache }) => {
  await page.goto('/')
  await shellCache.ready()
  await expect(page).toHaveServedShell('instant')
})

test('a shell that was served where none is wanted', async ({ page, shellCache }) => {
  await page.goto('/')
  await shellCache.ready()
  await page.goto('/about')
  await expect(page).not.toHaveServedShell('static')
})

test('no page', async ({ shellCache }) => {
  await shellCache.ready()
})

test.describe('without workers', () => {
  test.use({ serviceWorkers: 'block' })

  test('workers that Playwright blocks', async ({ page, shellCache }) => {
    await page.goto('/')
    await shellCache.ready()
  })
})

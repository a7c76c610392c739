// What a user gets who makes an app with create-next-app and follows only the README's steps (new-app.ts).

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, install, test } from '../../harness/fixtures.ts'
import { appFolder } from '../../harness/paths.ts'

test.use({ isServerOwn: true, isWholeBrowser: true, appName: 'new-app' })

test('is told at the build how its pages are served', async () => {
  const log = await readFile(join(appFolder('new-app'), 'build.log'), 'utf8')
  expect(log).toMatch(/Shell cache +mode +why/)
  expect(log).not.toContain('[shell-cache]')
})

test('comes from its shell at the second visit, and without a network', async ({ page, relay, server, expected }) => {
  // React reports each hole that no server has filled (docs/offline.md).
  expected.push(/ERR_CONNECTION_REFUSED/, /Minified React error #419/)
  await install(page, relay)
  const second = await page.goto(relay.origin)
  expect(second?.headers()['server-timing']).toMatch(/shell;desc="(instant|static)"/)
  await expect(page.getByRole('heading')).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('online.png') })

  const withHole = await page.goto(`${relay.origin}/now`)
  expect(withHole?.headers()['server-timing']).toContain('shell;desc="instant"')
  await expect(page.getByRole('time')).toHaveText(/\d/)

  // Images are fetched when nothing else is pending.
  await expect.poll(() => page.evaluate(async () => (await caches.match('/vercel.svg')) !== undefined)).toBe(true)
  await server.kill()
  await relay.down()
  await page.goto(`${relay.origin}/now`)
  await expect(page.getByRole('main')).toHaveText('Now…')
  const offline = await page.goto(relay.origin)
  expect(offline?.status()).toBe(200)
  await expect(page.getByRole('heading')).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('offline.png') })
  const fonts = await page.evaluate(async () => [...(await document.fonts.ready)].map(({ status }) => status))
  expect(fonts).toContain('loaded')
  expect(fonts).not.toContain('error')
  await expect
    .poll(() => page.evaluate(() => Array.from(document.images, ({ naturalWidth }) => naturalWidth > 0)))
    .toEqual([true, true])
})

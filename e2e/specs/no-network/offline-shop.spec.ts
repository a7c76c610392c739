// What only Chromium's tools can show about the offline example: how it looks, that it can be installed, and that the router gets the
// same from the worker as from the server.

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, install, LOSS, test, visit } from '../../harness/fixtures.ts'
import { type AppName, appFolder } from '../../harness/paths.ts'

test.use({ isWholeBrowser: true })

/** Hides what differs offline: the network state in the footer and in a notice, and the holes, which are open. */
const ASIDE =
  '[data-hole], [data-skeleton], [data-testid=shell-status], [data-shell-cache-notice] * { visibility: hidden }'

test('looks the same without a network, holes aside', async ({ page, relay, expected }, info) => {
  expected.push(LOSS, /React error #419/)
  await install(page, relay)
  await visit(page, relay, '/')
  await writeFile(info.snapshotPath('home.png'), await page.screenshot({ fullPage: true, style: ASIDE }))
  await relay.down()
  await page.goto(`${relay.origin}/`)
  await expect(page.getByTestId('shell-status')).toHaveAttribute('data-offline', 'true')
  const offline = await page.screenshot({ fullPage: true, style: ASIDE })
  expect(offline).toMatchSnapshot('home.png', { maxDiffPixelRatio: 0.002 })
})

test('can be installed, and starts without a network', async ({ page, profile, relay, expected }) => {
  expected.push(LOSS, /React error #419/)
  await install(page, relay)
  const session = await profile.newCDPSession(page)
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
  // An app cannot be installed into a test's profile.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([])
  const { data = '{}' } = await session.send('Page.getAppManifest')
  const { start_url: start } = JSON.parse(data)
  await relay.down()
  await page.goto(relay.origin + String(start))
  await expect(page.getByTestId('shell-status')).toHaveAttribute('data-offline', 'true')
  const notice = page.getByRole('status').getByText('Waiting for the network. This page is from this minute.')
  await expect(notice).toBeVisible()
})

test('gives the router the segments that the server would have given', async ({ page, relay, expected }) => {
  expected.push(LOSS, /React error #419/)
  await install(page, relay)
  const read = (path: string, segment: string): Promise<{ text: string; headers: Record<string, string> }> =>
    page.evaluate(
      async ([url, name]) => {
        const headers = { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': name }
        const response = await fetch(url, { headers, cache: 'no-store' })
        return { text: await response.text(), headers: Object.fromEntries(response.headers) }
      },
      [path, segment] as const,
    )
  const segments = [
    ['/', '/_tree'],
    ['/cart', '/_tree'],
    ['/cart', '/!KHNob3Ap/cart/__PAGE__'],
    ['/products/oak-stool', '/!KHNob3Ap/products/$d$slug/__PAGE__'],
    ['/products/never-built', '/_tree'],
    ['/about', '/about/__PAGE__'],
  ] as const
  const fromServer = []
  for (const [path, segment] of segments) fromServer.push(await read(path, segment))
  await relay.down()
  for (const [at, [path, segment]] of segments.entries()) {
    const { text, headers } = await read(path, segment)
    expect(text, `${path} ${segment}`).toBe(fromServer[at]?.text)
    for (const [name, value] of Object.entries(headers)) {
      expect(fromServer[at]?.headers[name], `${name} of ${path} ${segment}`).toContain(value)
    }
  }
})

test('writes a bootstrap script into the records of pages with holes, whatever starts Next on them', async () => {
  const bootScriptsOf = async (app: AppName): Promise<boolean[]> => {
    const folder = join(appFolder(app), '.next', 'server', 'shell-cache')
    const { records }: { records: { file: string }[] } = JSON.parse(await readFile(join(folder, 'origin.json'), 'utf8'))
    const frames = await Promise.all(records.map(({ file }) => readFile(join(folder, file), 'latin1')))
    return frames.filter((frame) => frame.includes('"kind":"resuming"')).map((frame) => frame.includes('"bootScript"'))
  }
  expect(new Set(await bootScriptsOf('shop'))).toEqual(new Set([true]))
  expect(new Set(await bootScriptsOf('lowest'))).toEqual(new Set([true]))
})

// The static routes that Chromium gets from the worker: requests that the worker does not answer bypass it and do not start it.

import type { Page } from '@playwright/test'

import { expect, install, test, visit } from '../../harness/fixtures.ts'

test.use({ isWholeBrowser: true, appName: 'shop-preload' })

/** The sources of the page's files, by their folder below /_next, or `others`. */
function sourcesOf(page: Page): Promise<Record<string, string[]>> {
  return page.evaluate(() => {
    const sources: Record<string, string[]> = {}
    for (const entry of performance.getEntriesByType('resource')) {
      const folder = /^\/_next\/\w+|\.\w+$/.exec(new URL(entry.name).pathname)?.[0] ?? 'others'
      const source: string = entry.toJSON().workerMatchedSourceType
      sources[folder] = [...new Set([...(sources[folder] ?? []), source])]
    }
    return sources
  })
}

test('takes the app’s own files out of the cache, and others from the network, without the worker', async ({
  page,
  relay,
}) => {
  await install(page, relay)
  await visit(page, relay, '/about')
  await expect
    .poll(() => sourcesOf(page))
    .toMatchObject({
      '/_next/static': ['cache'],
      '/_next/image': ['fetch-event'],
      '.webmanifest': ['network'],
      // The fetches of Next's router.
      others: [''],
    })
})

test('starts no worker for a picture', async ({ page, profile, relay }) => {
  await install(page, relay)
  // A document without a script: a page of the app would keep sending messages to its worker.
  await page.goto(`${relay.origin}/harbour.jpg`)
  const session = await profile.newCDPSession(page)
  const running: string[] = []
  session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
    running.push(...versions.map(({ runningStatus }) => runningStatus))
  })
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.stopAllWorkers')
  await expect.poll(() => running.at(-1)).toBe('stopped')
  const seen = running.length
  await page.evaluate(async (url) => {
    const picture = new Image()
    picture.src = url
    await picture.decode()
  }, '/icon-192.png?again')
  expect(running.slice(seen).filter((status) => status !== 'stopped')).toEqual([])
  await page.evaluate(() => fetch('/products', { headers: { rsc: '1' } }))
  await expect.poll(() => running.at(-1), 'it would have been seen').toBe('running')
})

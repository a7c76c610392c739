// Browsers that have another worker from before, as in docs/migration.md: they get ours, and what the old one has stored is removed. The
// app has the code from the guide.

import type { Page } from '@playwright/test'

import { bundleWorker } from '../../../bench/bundle-worker.ts'
import { expect, expectHydrated, test, visit } from '../../harness/fixtures.ts'
import type { Relay } from '../../harness/servers/relay.ts'

test.use({ appName: 'migrated' })

type OldWorker = { readonly name: string; readonly url: string; readonly scope: string }

/** Visits the old site: one page with another worker. Resolves when that worker controls the page. */
async function visitOldSite(page: Page, relay: Relay, { name, url, scope }: OldWorker): Promise<void> {
  const script = await bundleWorker(name)
  const register = `navigator.serviceWorker.register('${url}', { scope: '${scope}' })`
  const body = `<!doctype html><title>Old</title><h1>Old</h1><script>${register}</script>`
  relay.fault = (incoming) => {
    if (incoming.url === url) return { status: 200, headers: { 'content-type': 'text/javascript' }, body: script }
    return incoming.url === scope ? { status: 200, headers: { 'content-type': 'text/html' }, body } : { status: 404 }
  }
  await page.goto(relay.origin + scope)
  await page.evaluate(async () => {
    const { serviceWorker } = navigator
    if (serviceWorker.controller) return
    await new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve, { once: true }))
  })
  await page.goto(relay.origin + scope)
  await expect(page.getByRole('heading')).toHaveText('Old')
  await expect.poll(() => page.evaluate(() => caches.keys())).not.toEqual([])
}

/** Waits until the worker of this page is ours. Another worker does not answer the message, and is replaced. */
async function untilOurs(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { serviceWorker } = navigator
    for (let isOurs = false; !isOurs;) {
      const { port1, port2 } = new MessageChannel()
      isOurs = await new Promise<boolean>((resolve) => {
        port1.onmessage = () => resolve(true)
        serviceWorker.addEventListener('controllerchange', () => resolve(false), { once: true })
        serviceWorker.controller?.postMessage({ type: 'shell-cache:status' }, [port2])
      })
    }
  })
}

/** Nothing of the old worker is left: its caches, its database, its scope. */
async function expectNothingOld(page: Page, relay: Relay): Promise<void> {
  const left = () =>
    page.evaluate(async () => ({
      caches: (await caches.keys()).filter((name) => !name.startsWith('next-shell-cache:')),
      databases: (await indexedDB.databases()).map(({ name }) => name),
      workers: (await navigator.serviceWorker.getRegistrations()).map(({ scope, active }) => [
        scope,
        active?.scriptURL,
      ]),
    }))
  await expect.poll(left).toEqual({
    caches: [],
    databases: ['next-shell-cache:/'],
    workers: [[`${relay.origin}/`, `${relay.origin}/sw.js`]],
  })
}

for (const [name, what] of [
  ['serwist', 'Serwist'],
  ['network-first', 'a worker of Workbox, which next-pwa writes'],
] as const) {
  test(`takes the place of ${what} at /sw.js, and removes what it has stored`, async ({ page, relay }) => {
    await visitOldSite(page, relay, { name, url: '/sw.js', scope: '/' })
    relay.fault = undefined
    // The old worker answers this visit for the last time.
    expect((await visit(page, relay, '/')).outcome).toBeUndefined()
    await untilOurs(page)
    expect((await visit(page, relay, '/')).outcome).toBe('instant')
    await expectHydrated(page)
    await expectNothingOld(page, relay)
  })
}

test('replaces a worker at another URL that asks the network first', async ({ page, relay }) => {
  await visitOldSite(page, relay, { name: 'network-first', url: '/service-worker.js', scope: '/' })
  relay.fault = ({ url }) => (url === '/service-worker.js' ? { status: 404 } : undefined)
  await visit(page, relay, '/')
  await untilOurs(page)
  expect((await visit(page, relay, '/')).outcome).toBe('instant')
  await expectHydrated(page)
  await expectNothingOld(page, relay)
})

test('replaces a worker at another URL that never asks, if that URL answers with ours', async ({ page, relay }) => {
  await visitOldSite(page, relay, { name: 'cache-first', url: '/service-worker.js', scope: '/' })
  relay.fault = undefined
  await page.goto(`${relay.origin}/`)
  await expect(page.getByRole('heading')).toHaveText('Old')
  await untilOurs(page)
  expect((await visit(page, relay, '/')).outcome).toBe('instant')
  await expectHydrated(page)
  await expectNothingOld(page, relay)
})

test('removes a worker of another scope, which would win on its paths', async ({ page, profile, relay }) => {
  await visitOldSite(page, relay, { name: 'serwist', url: '/app/sw.js', scope: '/app/' })
  relay.fault = undefined
  await visit(page, relay, '/')
  await untilOurs(page)
  expect((await visit(page, relay, '/')).outcome).toBe('instant')
  // A browser ends an unused worker, but not while a debugger is attached, as here.
  const session = await profile.newCDPSession(page)
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.stopAllWorkers')
  await expectNothingOld(page, relay)
})

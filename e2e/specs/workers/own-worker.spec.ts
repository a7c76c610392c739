// An app's own worker: push messages together with shells, and the routers of Workbox and Serwist next to ours or around it. The sources
// are those that docs/custom-worker.md quotes.

import { basename, join } from 'node:path'

import type { CDPSession, Page } from '@playwright/test'

import { buildApp, layOutApp, packPackage } from '../../harness/builds/build-app.ts'
import { expect, expectHydrated, install, test, visit } from '../../harness/fixtures.ts'
import { serveWithoutShells, serveWorker } from './own-worker.ts'
import { ROOT } from '../../harness/paths.ts'
import type { Relay } from '../../harness/servers/relay.ts'
import { takeUpdate } from '../../harness/in-page/take-update.ts'

test.use({ isWholeBrowser: true })

/** The origin's verdicts for the requests for a path since then. */
function verdictsFor(relay: Relay, path: string, since: number): string[] {
  return relay.exchanges
    .slice(since)
    .filter(({ url, headers }) => url === path && headers['shell-cache-record'] === undefined)
    .map(({ method, answer }) => `${method} ${String(answer['shell-cache-verdict'] ?? 'whole').split(';')[0]}`)
}

function cached(page: Page, cache: string): Promise<string[]> {
  return page.evaluate(async (name) => {
    const keys = await (await caches.open(name)).keys()
    return keys.map(({ url }) => new URL(url).pathname)
  }, cache)
}

/** Requests a picture as an element of the page does. */
async function showPicture(page: Page, path: string): Promise<void> {
  await page.evaluate(async (url) => {
    const picture = new Image()
    picture.src = url
    await picture.decode()
  }, path)
}

/** The id by which the browser's tools name the registration; the browser may have others of its own. */
async function registrationOf(session: CDPSession, scope: string): Promise<string> {
  const registered = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL === scope)
      if (own) resolve(own.registrationId)
    })
  })
  await session.send('ServiceWorker.enable')
  return registered
}

type Noted = { readonly title: string | undefined; readonly body: string | undefined }

/** The next notification, from the browser's log: without a desktop, a notification may already be gone from the list of shown ones. */
async function nextNotification(session: CDPSession): Promise<{ readonly shown: Promise<Noted> }> {
  const shown = new Promise<Noted>((resolve) => {
    session.on('BackgroundService.backgroundServiceEventReceived', ({ backgroundServiceEvent }) => {
      const { eventName, eventMetadata } = backgroundServiceEvent
      const valueOf = (name: string): string | undefined => eventMetadata.find(({ key }) => key === name)?.value
      if (eventName === 'Notification displayed') resolve({ title: valueOf('Title'), body: valueOf('Body') })
    })
  })
  await session.send('BackgroundService.startObserving', { service: 'notifications' })
  await session.send('BackgroundService.setRecording', { service: 'notifications', shouldRecord: true })
  return { shown }
}

test('shows what the shop pushes, and its pages from their shells', async ({ page, profile, relay }) => {
  await profile.grantPermissions(['notifications'], { origin: relay.origin })
  await install(page, relay)
  const session = await profile.newCDPSession(page)
  const registrationId = await registrationOf(session, `${relay.origin}/`)
  const { shown } = await nextNotification(session)
  const news = { title: 'It is back', body: 'The tide lamp is in stock again.', path: '/products/tide-lamp' }
  const data = JSON.stringify(news)
  await session.send('ServiceWorker.deliverPushMessage', { origin: relay.origin, registrationId, data })
  expect(await shown).toEqual({ title: news.title, body: news.body })
  expect((await visit(page, relay, news.path)).outcome).toBe('instant')
  await expectHydrated(page)
})

/** The shell cache listens before their routers, or is one of their routes. */
const BESIDE = [join('examples', 'workers', 'workbox.ts'), join('examples', 'workers', 'serwist.ts')]
const AMONG = [join('examples', 'workers', 'workbox-routes.ts'), join('examples', 'workers', 'serwist-routes.ts')]

test.describe('with the routers of others', () => {
  test.use({ appName: 'shop-preload' })

  for (const source of [...BESIDE, ...AMONG]) {
    const name = basename(source, '.ts')

    test(`${name}: opens pages from their shells, cold and warm, by preload`, async ({ page, profile, relay }) => {
      await serveWorker(relay, 'shop-preload', source)
      await install(page, relay)
      const session = await profile.newCDPSession(page)
      await session.send('ServiceWorker.enable')
      for (const path of ['/products/tide-lamp', '/products/rain-coat', '/']) {
        await session.send('ServiceWorker.stopAllWorkers')
        const since = relay.exchanges.length
        expect((await visit(page, relay, path)).outcome, path).toBe('instant')
        expect(verdictsFor(relay, path, since), path).toEqual(['GET resumed'])
        await expectHydrated(page)
      }
    })

    test(`${name}: leaves to the other router what is its own`, async ({ page, relay }) => {
      await serveWorker(relay, 'shop-preload', source)
      await install(page, relay)
      await showPicture(page, '/icon-512.png')
      await expect.poll(() => cached(page, 'pictures')).toContain('/icon-512.png')
      const since = relay.exchanges.length
      await showPicture(page, '/icon-512.png')
      expect(relay.exchanges.slice(since).map(({ url }) => url)).not.toContain('/icon-512.png')
    })

    test(`${name}: shows a visitor their own write`, async ({ page, relay }) => {
      await serveWorker(relay, 'shop-preload', source)
      await install(page, relay)
      const path = '/products/oak-stool'
      expect((await visit(page, relay, path)).outcome).toBe('instant')
      const words = `Seen by way of ${name}.`
      const form = page.getByTestId('review-form')
      await form.getByLabel('Your words').fill(words)
      await form.getByRole('button').click()
      await expect(page.getByTestId('reviews')).toContainText(words)
      await visit(page, relay, path)
      await expect(page.getByTestId('reviews'), 'a part of the shell').toContainText(words)
    })
  }

  for (const source of AMONG) {
    test(`${basename(source, '.ts')}: gives a page to the route that stands before ours, whole`, async ({
      page,
      relay,
      expected,
    }) => {
      expected.push(/ERR_(CONNECTION|FAILED)/)
      await serveWorker(relay, 'shop-preload', source)
      await install(page, relay)
      const since = relay.exchanges.length
      expect((await visit(page, relay, '/about')).outcome).toBeUndefined()
      expect(verdictsFor(relay, '/about', since)).toEqual(['GET whole'])
      await expect.poll(() => cached(page, 'pages')).toEqual(['/about'])
      await relay.down()
      expect((await visit(page, relay, '/about')).outcome, 'from the other router’s cache').toBeUndefined()
      await expectHydrated(page)
      await relay.up()
    })
  }

  test('gives whole pages to a router that should not stand there', async ({ page, relay }) => {
    await serveWorker(relay, 'shop-preload', 'e2e/workers/router-first.ts')
    await install(page, relay)
    const path = '/products/tide-lamp'
    const since = relay.exchanges.length
    expect((await visit(page, relay, path)).outcome).toBeUndefined()
    expect(verdictsFor(relay, path, since), 'half of it came by preload').toEqual(['GET resumed', 'GET whole'])
    await expectHydrated(page)
    await expect.poll(() => cached(page, 'pages')).toContain(path)
  })

  test('opens pages from their shells beside all that Serwist’s template does', async ({ page, relay, expected }) => {
    // For a picture that did not fit into the store at the first visit.
    expected.push(/net::ERR_FAILED/)
    await serveWorker(relay, 'shop-preload', 'e2e/workers/serwist-template.ts')
    await install(page, relay)
    for (const path of ['/', '/products/tide-lamp', '/products/rain-coat']) {
      const since = relay.exchanges.length
      expect((await visit(page, relay, path)).outcome, path).toBe('instant')
      expect(verdictsFor(relay, path, since), path).toEqual(['GET resumed'])
      await expectHydrated(page)
    }
    await relay.down()
    expect((await visit(page, relay, '/about')).outcome).toBe('static')
    await relay.up()
  })
})

test.describe('in a worker that another tool builds', () => {
  test.use({ appName: 'imported' })

  test('opens pages from their shells, leaves the rest to that worker, and updates with it', async ({
    page,
    relay,
  }) => {
    await install(page, relay)
    expect(await page.evaluate(() => navigator.serviceWorker.controller?.scriptURL)).toMatch(/\/service-worker\.js$/)
    for (const path of ['/', '/p/a', '/p/other']) {
      const since = relay.exchanges.length
      expect((await visit(page, relay, path)).outcome, path).toBe('instant')
      expect(verdictsFor(relay, path, since), path).toEqual(['GET resumed'])
      await expectHydrated(page)
    }
    await showPicture(page, '/icon.svg')
    await expect.poll(() => cached(page, 'pictures')).toContain('/icon.svg')
    const script = await (await fetch(`${relay.origin}/sw.js`)).text()
    const headers = { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' }
    const body = `${script}\n// a deploy`
    await takeUpdate(page, () => {
      relay.fault = ({ url }) => (url === '/sw.js' ? { status: 200, headers, body } : undefined)
    })
    expect((await visit(page, relay, '/p/a')).outcome).toBe('instant')
  })
})

test.describe('where the shell cache is taken away', () => {
  test.use({ appName: 'shop-preload' })

  test('leaves an app its own worker', async ({ page, relay }) => {
    const source = join('examples', 'shop', 'app', 'sw.ts')
    await serveWorker(relay, 'shop-preload', source)
    await install(page, relay)
    const left = (): Promise<object> =>
      page.evaluate(async () => ({
        workers: (await navigator.serviceWorker.getRegistrations()).length,
        caches: (await caches.keys()).length,
        databases: (await indexedDB.databases()).length,
        isPreloading: (await (await navigator.serviceWorker.ready).navigationPreload.getState()).enabled,
      }))
    expect(await left()).toEqual({ workers: 1, caches: 1, databases: 1, isPreloading: true })
    await serveWithoutShells(relay, 'shop-preload', source)
    await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()))
    await expect.poll(left).toEqual({ workers: 1, caches: 0, databases: 0, isPreloading: false })
    expect((await visit(page, relay, '/products/tide-lamp')).outcome).toBeUndefined()
    await expectHydrated(page)
  })
})

test('stops the build of an app whose worker is not there', async () => {
  const folder = await layOutApp('bare-worker', join(ROOT, 'e2e', 'apps', 'bare'), await packPackage())
  const building = buildApp(folder, { SHELL_CACHE_TEST: 'own-worker' })
  const failure: unknown = await building.catch((error: unknown) => error)
  const output = failure instanceof Error ? failure.message + String(Reflect.get(failure, 'stdout')) : ''
  expect(output).toMatch(
    /\[shell-cache\] The option `worker` names \.\/app\/sw\.ts, which does not exist\. .* so the build stops\./,
  )
  expect(output, 'before the app is built').not.toMatch(/Compiled|Collecting page data|Generating static pages/)
})

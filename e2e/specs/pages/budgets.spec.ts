// What a navigation may cost, as counts: unlike times, they do not depend on the machine. dist.spec.ts has the sizes.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Page } from '@playwright/test'

import { expect, expectHydrated, install, test, visit } from '../../harness/fixtures.ts'
import { appFolder } from '../../harness/paths.ts'
import { untilQuiet } from '../changes/fresh.ts'

test.use({ isWholeBrowser: true, appName: 'shop-preload' })

/** Runs in the worker, before its script: counts the reading transactions until a navigation is answered, and reports them. */
function countReads(): void {
  let [reads, last] = [0, 0]
  // oxlint-disable-next-line typescript/unbound-method -- applied to the database again below
  const { transaction } = IDBDatabase.prototype
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    if (mode !== 'readwrite') reads++
    return Reflect.apply(transaction, this, [stores, mode, options])
  }
  addEventListener('fetch', (event: Event) => {
    const navigation = event as FetchLike
    if (navigation.request.mode !== 'navigate') return
    const before = reads
    const respondWith = navigation.respondWith.bind(navigation)
    navigation.respondWith = (answer) => respondWith(Promise.resolve(answer).finally(() => (last = reads - before)))
  })
  addEventListener('message', ({ data, ports }: MessageEvent) => data === 'reads' && ports[0]?.postMessage(last))
}

/** The used part of `FetchEvent`, whose type exists only for workers. */
type FetchLike = Event & { readonly request: Request; respondWith: (answer: Response | Promise<Response>) => void }

function readReads(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { port1, port2 } = new MessageChannel()
    const answer = new Promise<number>((resolve) => (port1.onmessage = ({ data }) => resolve(data)))
    navigator.serviceWorker.controller?.postMessage('reads', [port2])
    return answer
  })
}

/** Waits until the page's own message to the worker is answered, so that its reads do not count for the next navigation. */
function untilAsked(page: Page): Promise<void> {
  return expect(page.getByTestId('shell-status')).toHaveAttribute('data-status', 'active')
}

test('costs one read of the database and one request, whatever the page is', async ({ page, relay }) => {
  const worker = await readFile(join(appFolder('shop-preload'), '.next', 'static', 'shell-cache', 'sw.js'), 'utf8')
  const counting = `(${countReads.toString()})();\n${worker}`
  const headers = { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' }
  relay.fault = ({ url }) => (url === '/sw.js' ? { status: 200, headers, body: counting } : undefined)
  await install(page, relay)
  // The installing page asks its worker for its status twice, other pages once: reads that belong to no navigation.
  await visit(page, relay, '/')
  await untilAsked(page)
  for (const path of ['/', '/products/tide-lamp', '/products/ink-mug', '/cart', '/about']) {
    // Requests for the links of the page before also read the database.
    await untilQuiet(relay)
    const before = relay.exchanges.length
    expect((await visit(page, relay, path)).outcome, path).toMatch(/instant|static/)
    await untilAsked(page)
    expect(await readReads(page), `reads for ${path}`).toBe(1)
    const asked = relay.exchanges.slice(before).filter(({ headers }) => headers['shell-cache-record'] === undefined)
    expect(asked.filter(({ url, method }) => url === path || method === 'POST')).toHaveLength(1)
  }
})

test('adds no script that a page waits for', async ({ page, relay }) => {
  await install(page, relay)
  await visit(page, relay, '/')
  await expectHydrated(page)
  const ours = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLScriptElement>('script[src*=shell-cache]')].map(({ async, src }) => ({
      async,
      name: new URL(src).pathname.split('/').at(-1)?.split('.')[0],
    })),
  )
  expect(ours).toEqual([{ async: true, name: 'watch' }])
})

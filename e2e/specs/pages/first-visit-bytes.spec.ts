// What a first visit downloads after the page, and where everything else comes from later. Bytes are counted at the relay, as sent.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, install, test, untilControlled, visit } from '../../harness/fixtures.ts'
import { keptRecords } from '../../harness/in-page/stored.ts'
import { appFolder } from '../../harness/paths.ts'

test.use({ isWholeBrowser: true, appName: 'shop-preload', isProfileOwn: true, expected: [/net::ERR_/] })

/** The limit for the bytes of a first visit with the worker and all its fetches, as a multiple of the page's own. */
const MOST_TIMES = 2

test('downloads no more behind the page than the page itself', async ({ page, relay }) => {
  await page.goto(`${relay.origin}/`)
  await untilControlled(page)
  await expect.poll(() => relay.exchanges.every(({ isEnded }) => isEnded)).toBe(true)
  const start = relay.exchanges.findIndex(({ url }) => url === '/sw.js')
  const sum = (from: readonly { readonly body: Buffer }[]): number =>
    from.reduce((all, { body }) => all + body.length, 0)
  const alone = sum(relay.exchanges.slice(0, start))
  const all = sum(relay.exchanges)
  test.info().annotations.push({ type: 'bytes', description: `${alone} alone, ${all} with the worker` })
  expect(all / alone).toBeLessThanOrEqual(MOST_TIMES)
  // Only GET: the worker also sends a HEAD for its own script, to see whether it is switched off.
  const asked = relay.exchanges.flatMap(({ method, url }) => (method === 'GET' ? [url] : []))
  const twice = asked.filter((url, at, urls) => urls.indexOf(url) < at)
  expect(
    twice.filter((url) => /\.(js|css|woff2)/.test(url)),
    'asked for twice',
  ).toEqual([])
})

test('stores the page that is open and the offline page, however little room there is, and the rest when it is visited', async ({
  page,
  relay,
}) => {
  const worker = await readFile(join(appFolder('shop-preload'), '.next', 'static', 'shell-cache', 'sw.js'), 'utf8')
  const body = worker.replace('"images":5242880', '"images":5242880,"install":0')
  expect(body).not.toBe(worker)
  const headers = { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' }
  relay.fault = ({ url }) => (url === '/sw.js' ? { status: 200, headers, body } : undefined)
  const keys = async (): Promise<readonly string[]> => (await keptRecords(page)).map(({ key }) => key).toSorted()
  await install(page, relay)
  expect(await keys()).toEqual(['/', '/offline'])
  expect((await visit(page, relay, '/')).outcome).toBe('instant')
  expect((await visit(page, relay, '/about')).outcome).toBeUndefined()
  await expect.poll(keys).toEqual(['/', '/about', '/offline'])
  expect((await visit(page, relay, '/about')).outcome).toBe('static')
  await relay.down()
  expect((await visit(page, relay, '/about')).outcome).toBe('static')
})

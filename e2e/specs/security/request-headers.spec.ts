// What the app's proxy sees of a navigation beside a visit without a worker, for every way to a page and in every browser: all headers, the
// cookies by SameSite among them (docs/architecture.md, invariant 4). What differs is listed here and in docs/security.md, in the same words.

import type { ChromiumDriver } from '../../engines/chromium.ts'
import { type Driver, ENGINES, type Engine, until, untilAnotherDocument } from '../../engines/driver.ts'
import { expect, test } from '../../engines/fixtures.ts'
import { countRecords, install } from '../../engines/page.ts'
import { serveOnAnotherSite } from '../../harness/hosts/other-site.ts'
import { startRelay } from '../../harness/relay.ts'
import { echoOf } from './echo.ts'

type Headers = Readonly<Record<string, string>>
type Place = { readonly origin: string; readonly site: string }

const PAGE = '/echo/known'

function click(tab: Driver, selector: string): Promise<void> {
  const press = (wanted: string): void => void setTimeout(() => document.querySelector<HTMLElement>(wanted)?.click())
  return untilAnotherDocument(tab, () => tab.run(press, selector))
}

async function typeAddress(tab: Driver, { origin, site }: Place): Promise<void> {
  await tab.open(site)
  // The driver of Chromium says that each address comes from a page of its own.
  if (isChromium(tab)) await tab.page.goto(origin + PAGE, { waitUntil: 'commit' })
  else await tab.open(origin + PAGE)
}

function isChromium(tab: Driver): tab is ChromiumDriver {
  return tab.engine === 'chromium'
}

/** Puts a link and a form into a page of the app itself. */
function addWays(page: string): void {
  const link = Object.assign(document.createElement('a'), { href: page, id: 'own' })
  const form = Object.assign(document.createElement('form'), { action: page })
  form.append(Object.assign(document.createElement('input'), { type: 'submit', id: 'form' }))
  document.body.append(link, form)
}

const WAYS: Readonly<Record<string, (tab: Driver, place: Place) => Promise<void>>> = {
  async 'a link of its own'(tab, { origin }) {
    await tab.open(`${origin}/open`)
    await tab.run(addWays, PAGE)
    await click(tab, '#own')
  },
  async 'a form of its own'(tab, { origin }) {
    await tab.open(`${origin}/open`)
    await tab.run(addWays, PAGE)
    await click(tab, '#form')
  },
  async 'a link of another site'(tab, { origin, site }) {
    await tab.open(site)
    await click(tab, `a[href="${origin}${PAGE}"]`)
  },
  async 'a form of another site'(tab, { origin, site }) {
    await tab.open(site)
    await click(tab, `form[action="${origin}${PAGE}"] input`)
  },
  'an address': typeAddress,
  async 'a reload'(tab, place) {
    await typeAddress(tab, place)
    await readEcho(tab)
    await untilAnotherDocument(tab, () => tab.run(() => void setTimeout(() => location.reload())))
  },
  async back(tab, place) {
    await typeAddress(tab, place)
    await readEcho(tab)
    await tab.open(`${place.origin}/open`)
    await untilAnotherDocument(tab, () => tab.run(() => void setTimeout(() => history.back())))
  },
}

async function readEcho(tab: Driver): Promise<Headers> {
  const html = await until(
    tab,
    (text) => text !== '',
    () => (document.readyState === 'complete' && document.querySelector('#echo')?.outerHTML) || '',
  )
  return echoOf(html).proxy.headers
}

/** Each visit has an origin of its own. */
function withoutPort(headers: Headers, origin: string): Headers {
  const { port } = new URL(origin)
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replaceAll(port, 'PORT')]))
}

/** Names of headers that differ. */
function differences(plain: Headers, shown: Headers): readonly string[] {
  const names = new Set([...Object.keys(plain), ...Object.keys(shown)])
  return [...names].filter((name) => plain[name] !== shown[name]).toSorted()
}

type Table = Readonly<Record<Engine, readonly string[]>>

/** The worker's own request, for what a page of the app has started. */
const OWN: Table = {
  chromium: ['sec-ch-ua', 'sec-ch-ua-mobile', 'sec-ch-ua-platform', 'sec-fetch-user'],
  firefox: ['priority', 'sec-fetch-user'],
  webkit: [],
}
/** The browser's own request, which the worker passes on. */
const PASSED_ON: Table = {
  chromium: ['sec-fetch-dest', 'sec-fetch-user'],
  firefox: ['priority', 'sec-fetch-dest', 'sec-fetch-mode', 'sec-fetch-site', 'sec-fetch-user'],
  webkit: ['sec-fetch-dest'],
}
const FOREIGN: Readonly<Partial<Record<Engine, readonly string[]>>> = { webkit: ['sec-fetch-site'] }
const MORE: Readonly<Record<string, Readonly<Partial<Record<Engine, readonly string[]>>>>> = {
  'a link of another site': FOREIGN,
  'a form of another site': FOREIGN,
  'an address': { chromium: ['sec-fetch-site'], webkit: ['referer', 'sec-fetch-site'] },
  'a reload': { firefox: ['cache-control'], webkit: ['cache-control'] },
  back: { webkit: ['referer', 'sec-fetch-site'] },
}

function allowed(engine: Engine, app: string, way: string): readonly string[] {
  if (app === 'proxied-preload') return ['service-worker-navigation-preload']
  if (way.endsWith('its own')) return OWN[engine]
  return [...PASSED_ON[engine], ...(MORE[way]?.[engine] ?? [])].toSorted()
}

for (const engine of ENGINES)
  for (const app of engine === 'chromium' ? (['proxied', 'proxied-preload'] as const) : (['proxied'] as const))
    test.describe(engine, { tag: `@${engine}` }, () => {
      test.use({ engine, app })

      test(`shows the proxy of ${app} what it sees without a worker, by every way to a page`, async ({
        tab,
        relay,
        server,
      }) => {
        await using plain = await startRelay(server.port)
        plain.fault = ({ url }) => (url === '/sw.js' ? { status: 404 } : undefined)
        const html = [plain, relay].map(
          ({ origin }) => `<a href="${origin}${PAGE}">x</a><form action="${origin}${PAGE}"><input type=submit></form>`,
        )
        await using site = await serveOnAnotherSite(`<!doctype html>${html.join('')}`)
        await install(tab, relay, '/open')
        await tab.run(() => {
          for (const same of ['Strict', 'Lax']) document.cookie = `${same.toLowerCase()}=1; SameSite=${same}; path=/`
        })
        const before = await tab.run(countRecords)
        await tab.open(relay.origin + PAGE)
        await until(tab, (count) => count > before, countRecords)
        const found: Record<string, readonly string[]> = {}
        const strict: string[] = []
        for (const [way, go] of Object.entries(WAYS)) {
          const visit = async (origin: string): Promise<Headers> => {
            await go(tab, { origin, site: site.origin })
            return withoutPort(await readEcho(tab), origin)
          }
          const without = await visit(plain.origin)
          const shown = await visit(relay.origin)
          found[way] = differences(without, shown)
          if (shown['cookie']?.includes('strict=1')) strict.push(way)
        }
        const wanted = Object.keys(WAYS).map((way) => [way, allowed(engine, app, way)])
        expect(found).toEqual(Object.fromEntries(wanted))
        expect(strict).toEqual(Object.keys(WAYS).filter((way) => !way.endsWith('another site')))
      })
    })

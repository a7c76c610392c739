// Proves who gets only the rest of a page by navigation preload: a browser that has the page's current shell. Everybody else gets the whole
// page. e2e proves that a browser sends such requests.

import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'

import { expect, it, vi } from 'vitest'

import {
  formatPreloadHeader,
  keyHashOf,
  type ShellInventory,
  type Shown,
  startOf,
} from '../../protocol/shell-inventory.ts'
import { BUILD, digestFor, DRAFT_TOKEN } from '../test-app.ts'
import { findPage, type Found } from '../test-next.ts'
import { startOrigin, withoutHash } from '../test-origin.ts'

const ALL: ShellInventory = { buildId: BUILD, hasAll: true, named: new Map() }
const showing = (key: string, shown: Shown, hasAll = true): ShellInventory => ({
  ...ALL,
  hasAll,
  named: new Map([[keyHashOf(key), shown]]),
})
const own = (digest: string): Shown => ({ kind: 'own', start: startOf(digest) })
const NAVIGATION = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' }

async function preload(url: string, inventory: ShellInventory, headers: Record<string, string> = {}, method = 'GET') {
  const preloading = { 'service-worker-navigation-preload': formatPreloadHeader(inventory) }
  const sent = request(url, { method, headers: { ...NAVIGATION, ...preloading, ...headers } }).end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  let body = ''
  for await (const chunk of response) body += String(chunk)
  const said = response.headers['shell-cache-verdict']
  const verdict = withoutHash(said === undefined ? undefined : String(said))
  return { status: response.statusCode, headers: response.headers, verdict, body }
}

const whole = { verdict: undefined, body: expect.stringMatching(/^<html>/) }

it('sends the rest alone to anyone who has all that the build has published', async () => {
  await using app = await startOrigin()
  for (const [path, digest, state] of [
    ['/', app.home, 'home'],
    ['/p/a?x=1', app.a, 'a'],
    ['/p/other', app.fallback, 'fallback'],
  ] as const) {
    const { headers, verdict, body } = await preload(app.url + path, ALL)
    expect(verdict).toBe(`resumed; shell=${digest}; current=${digest}`)
    expect(JSON.parse(body)).toMatchObject({ method: 'GET', url: path, state })
    expect(headers['cache-control']).toContain('no-store')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers.vary).toContain('service-worker-navigation-preload')
    const added = JSON.parse(String(headers['shell-cache-added']))
    expect(added, 'the page has none of it').toMatchObject({ vary: null })
  }
  expect(app.renders()).toBe(3)
})

it('continues from the route’s record if Next has made one of the path meanwhile', async () => {
  const upgraded: Found = { route: '/p/[slug]', params: { slug: 'new' }, shell: '<html>new', postponed: 'new' }
  await using app = await startOrigin({ find: (path) => (path === '/p/new' ? upgraded : findPage(path)) })
  const { verdict, body } = await preload(`${app.url}/p/new`, ALL)
  expect(verdict).toBe(`resumed; shell=${app.fallback}; current=${digestFor('<html>new', 'new')}`)
  expect(body).toContain('"state":"fallback"')
})

it('sends the whole if the build’s record is past its expiry, or has no holes any more', async () => {
  const whole = { route: '/p/[slug]', params: { slug: 'a' }, shell: '<html>a', postponed: undefined }
  await using app = await startOrigin({ find: (path) => (path === '/p/a' ? whole : findPage(path)) })
  for (const path of ['/old', '/p/a'])
    expect(await preload(app.url + path, ALL)).toMatchObject({
      verdict: undefined,
      body: expect.stringMatching(/^<html>/),
    })
})

it.each([
  ['/blog/a', '/p/a'],
  ['/p/rewritten', '/'],
  ['/p/a%2Fb', '/p/a'],
])(
  'sends the whole for %s if Next shows %s: the browser has no shell under the address it asked for',
  async (asked, shown) => {
    await using app = await startOrigin({ find: (path) => findPage(path === asked ? shown : path) })
    expect(await preload(app.url + asked, ALL)).toMatchObject(whole)
    expect(app.renders()).toBe(1)
  },
)

it('shortens no whole document, which some cache may keep', async () => {
  await using app = await startOrigin()
  expect(await preload(`${app.url}/whole`, ALL)).toMatchObject(whole)
})

it('continues from the build’s record of a page that has changed, and from the newer one for anyone who has that', async () => {
  const changed: Found = { route: '/p/[slug]', params: { slug: 'a' }, shell: '<html>newer', postponed: 'newer' }
  await using app = await startOrigin({ find: (path) => (path === '/p/a' ? changed : findPage(path)) })
  const newer = digestFor('<html>newer', 'newer')
  const built = await preload(`${app.url}/p/a`, ALL)
  expect(built.verdict).toBe(`resumed; shell=${app.a}; current=${newer}`)
  expect(built.body).toContain('"state":"a"')
  const { verdict, body } = await preload(`${app.url}/p/a`, showing('/p/a', own(newer), false))
  expect(verdict).toBe(`resumed; shell=${newer}; current=${newer}`)
  expect(body).toContain('"state":"newer"')
})

it('renders nothing if the state is the browser’s alone, and says so', async () => {
  await using app = await startOrigin()
  const other = digestFor('<html>other', 'other')
  for (const [path, key] of [
    ['/p/a', '/p/a'],
    ['/p/other', '/p/[slug]'],
  ] as const) {
    const { status, verdict, body, headers } = await preload(app.url + path, showing(key, own(other)))
    expect([status, verdict, body]).toEqual([409, 'refused; reason=unknown', ''])
    expect(headers['cache-control']).toBe('private, no-store')
  }
  expect(app.renders()).toBe(0)
})

it('continues from the route’s if the browser has lost the path’s own, and from nothing if it shows none', async () => {
  const upgraded: Found = { route: '/p/[slug]', params: { slug: 'a' }, shell: '<html>/p/a', postponed: 'a' }
  await using app = await startOrigin({ find: (path) => (path === '/p/a' ? upgraded : findPage(path)) })
  const absent = await preload(`${app.url}/p/a`, showing('/p/a', { kind: 'absent' }))
  expect(absent.verdict).toContain(`resumed; shell=${app.fallback};`)
  expect(await preload(`${app.url}/p/a`, showing('/p/a', { kind: 'hidden' }))).toMatchObject(whole)
  expect(await preload(`${app.url}/p/other`, showing('/p/[slug]', { kind: 'absent' }))).toMatchObject(whole)
  const built = await preload(`${app.url}/p/a`, showing('/p/a', own(app.a), false))
  expect(built.verdict).toContain(`resumed; shell=${app.a};`)
})

it.each<[string, Partial<ShellInventory>, Record<string, string>, string?]>([
  ['another build', { buildId: 'build-0' }, {}],
  ['a browser that has not all', { hasAll: false }, {}],
  ['a reload', {}, { 'cache-control': 'max-age=0' }],
  ['a frame', {}, { 'sec-fetch-dest': 'iframe' }],
  ['a fetch', {}, { 'sec-fetch-mode': 'cors' }],
  ['a range', {}, { range: 'bytes=0-9' }],
  ['draft mode', {}, { cookie: `__prerender_bypass=${DRAFT_TOKEN}` }],
  ['a bot', {}, { 'user-agent': 'Slackbot 1.0' }],
  ['a form', {}, {}, 'POST'],
])('sends the whole to %s', async (_name, inventory, headers, method) => {
  await using app = await startOrigin()
  expect(await preload(app.url, { ...ALL, ...inventory }, headers, method)).toMatchObject(whole)
})

it('sends the whole to a browser that speaks of another app of the same build id', async () => {
  await using app = await startOrigin({ find: () => findPage('/') }, { basePath: '/docs' })
  expect((await preload(`${app.url}/docs`, ALL)).verdict).toBeUndefined()
  expect((await preload(`${app.url}/docs`, { ...ALL, buildId: `${BUILD}/docs` })).verdict).toMatch(/^resumed/)
})

it('names its build to a worker of another one, on pages that no cache keeps', async () => {
  await using app = await startOrigin()
  const named = async (path: string, inventory: Partial<ShellInventory>, more: Record<string, string> = {}) =>
    (await preload(app.url + path, { ...ALL, ...inventory }, more)).headers['shell-cache-build']
  const deployed = { buildId: 'build-0' }
  expect(await named('/', deployed)).toBe(BUILD)
  expect(await named('/p/other', deployed)).toBe(BUILD)
  expect(await named('/whole', deployed), 'of a page without holes').toBeUndefined()
  expect(await named('/', deployed, { cookie: `__prerender_bypass=${DRAFT_TOKEN}` }), 'to an editor').toBeUndefined()
  expect(await named('/', {}), 'to its own').toBeUndefined()
  expect(await named('/p/other', { hasAll: false }), 'to its own').toBeUndefined()
})

it('shortens a guarded page for anyone who was given its record, and only behind the guard', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  const routes = [{ pattern: '/p/[slug]', mode: 'gated', route: '/p/[slug]' }]
  await using app = await startOrigin({}, { routes })
  expect(await preload(`${app.url}/p/a`, ALL)).toMatchObject(whole)
  expect((await preload(`${app.url}/p/a`, showing('/p/a', own(app.a)))).verdict).toMatch(/^resumed/)
})

it('leaves what is no page to Next: a redirect, an error, a page that is off', async () => {
  const otherwise = (
    _incoming: IncomingMessage,
    response: { writeHead: (...args: unknown[]) => { end: () => void } },
  ) => response.writeHead(307, { location: '/login', 'set-cookie': 'a=b' }).end()
  await using app = await startOrigin({ otherwise: otherwise as never })
  expect(await preload(`${app.url}/guarded`, ALL)).toMatchObject({ status: 307, verdict: undefined })
  expect(await preload(`${app.url}/off`, ALL)).toMatchObject(whole)
  const write = (response: { writeHead: (...args: unknown[]) => { end: (body: string) => void } }) =>
    response.writeHead(500, { 'content-type': 'text/html' }).end('<html>failed')
  await using failing = await startOrigin({ write: write as never })
  expect(await preload(failing.url, ALL)).toMatchObject({ status: 500, ...whole })
})

// Proves that no resume is older than the page: a state is no longer rendered if anything in it was revalidated since Next last served it,
// no matter who asks and how. Next's own code revalidates here; e2e proves that its pages follow (freshness.spec.ts).

import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'

import { afterEach, expect, it } from 'vitest'

import { decodeRecord } from '../../protocol/record/record-codec.ts'
import { formatPreloadHeader, keyHashOf, type ShellInventory, startOf } from '../../protocol/shell-inventory.ts'
import { BUILD, digestFor } from '../test-app.ts'
import type { Found } from '../test-next.ts'
import { startOrigin, verdict } from '../test-origin.ts'

const load = createRequire(resolve('package.json'))
const { createDefaultCacheHandler } = load('next/dist/server/lib/cache-handlers/default.js')
const { tagsManifest } = load('next/dist/server/lib/incremental-cache/tags-manifest.external.js')
const revalidate = (tag: string, profile?: { expire: number }): Promise<void> =>
  createDefaultCacheHandler(1).updateTags([tag], profile)

const HANDLERS = Symbol.for('@next/cache-handlers-set')
afterEach(() => {
  tagsManifest.clear()
  Reflect.deleteProperty(globalThis, HANDLERS)
})

const headers = { 'x-next-cache-tags': 'admins,_N_T_/p/a' }
const page = { route: '/p/[slug]', params: { slug: 'a' }, headers }
const WAS: Found = { ...page, shell: '<html>mallory', postponed: 'mallory' }
const NOW: Found = { ...page, shell: '<html>root', postponed: 'root' }
const was = digestFor('<html>mallory', 'mallory')

/** Starts with the page as it was, and requests its record once. */
async function start(now: Found = NOW, manifest: object = {}, first: Found = WAS) {
  let found = first
  const app = await startOrigin({ find: () => found }, manifest)
  const response = await app.send('/p/a', { headers: { 'shell-cache-record': BUILD } })
  const decoded = decodeRecord(new Uint8Array(await response.arrayBuffer()))
  if (!decoded.ok || decoded.record.kind !== 'resuming') throw new Error('no record')
  const { state } = decoded.record
  return {
    app,
    state,
    resume: () => app.send('/p/a', { headers: app.reference(was), body: state }),
    change: () => void (found = now),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  }
}

/** The build's record of `/p/a`, with a tag. */
const tagged = (digest: string) => [
  { key: '/p/a', route: '/p/[slug]', digest, file: `${digest}.bin`, tags: ['admins'] },
]

const RESUMED = /^resumed; /
const EXPIRED = 'refused; reason=expired'

it('continues from a state that the clock alone has replaced', async () => {
  await using stage = await start()
  stage.change()
  const response = await stage.resume()
  expect(verdict(response)).toMatch(RESUMED)
  expect(await response.text()).toContain('"state":"mallory"')
})

it.each<[string, string, { expire: number } | undefined]>([
  ['at once', 'admins', undefined],
  ['with `expire: 0`', 'admins', { expire: 0 }],
  ['with a profile, when there is a newer page', 'admins', { expire: 3600 }],
  ['by its path', '_N_T_/p/a', undefined],
])('renders nothing from a state of which a tag was revalidated %s', async (_how, tag, profile) => {
  await using stage = await start()
  await revalidate(tag, profile)
  stage.change()
  for (const time of ['once', 'and for ever']) {
    const response = await stage.resume()
    expect(verdict(response), time).toBe(EXPIRED)
    expect(await response.text()).toBe('')
  }
})

it('minds no other tag', async () => {
  await using stage = await start()
  await revalidate('products')
  stage.change()
  expect(verdict(await stage.resume())).toMatch(RESUMED)
})

it('forgets no revalidation for a later one that gives more time', async () => {
  await using stage = await start()
  await revalidate('admins', { expire: 0 })
  await revalidate('admins', { expire: 31_536_000 })
  stage.change()
  expect(verdict(await stage.resume())).toBe(EXPIRED)
})

it('continues from the page’s own state behind the very same shell', async () => {
  await using stage = await start({ ...NOW, shell: '<html>mallory' })
  await revalidate('admins', { expire: 0 })
  stage.change()
  const response = await stage.resume()
  expect(verdict(response)).toMatch(RESUMED)
  expect(await response.text()).toContain('"state":"root"')
})

it('minds what was revalidated since the build', async () => {
  await using plain = await startOrigin()
  await using app = await startOrigin({ find: () => NOW }, { records: tagged(plain.a) })
  expect(verdict(await app.send('/p/a', { headers: app.reference(app.a) }))).toMatch(RESUMED)
  await revalidate('admins')
  expect(verdict(await app.send('/p/a', { headers: app.reference(app.a) }))).toBe(EXPIRED)
})

it('renders nothing from a state that this process has never had from Next', async () => {
  await using stage = await start()
  await using other = await startOrigin({ find: () => NOW })
  const response = await other.send('/p/a', { headers: other.reference(was), body: stage.state })
  expect(verdict(response)).toBe(EXPIRED)
})

it('takes no state for new that Next serves once more', async () => {
  await using stage = await start(NOW, {}, { ...WAS, entry: { isStale: true } })
  stage.change()
  expect(verdict(await stage.resume())).toBe(EXPIRED)
})

it('takes a page for no newer than its request', async () => {
  await using stage = await start()
  let found = WAS
  let during: Promise<void> | undefined
  const before = (): void => {
    during ??= revalidate('admins')
    // Looking up the page takes Next some time.
    for (const until = performance.now() + 5; performance.now() < until;);
  }
  await using app = await startOrigin({ find: () => found, before })
  await app.send('/p/a', { headers: { 'shell-cache-record': BUILD } })
  found = NOW
  expect(verdict(await app.send('/p/a', { headers: app.reference(was), body: stage.state }))).toBe(EXPIRED)
})

it('knows of no other server’s revalidations if the app has a page cache of its own', async () => {
  await using stage = await start(NOW, { hasOwnPageCache: true })
  stage.change()
  expect(verdict(await stage.resume())).toBe(EXPIRED)
})

const NEVER = 0

/** Like a handler that has its tags in a database: it knows of other servers' revalidations once it has looked. */
function othersWrite(): object {
  let at = NEVER
  return { refreshTags: async () => void (at = Date.now() + 1000), getExpiration: async () => at }
}

it.each<[string, unknown, RegExp | string]>([
  ['none', { getExpiration: async () => NEVER }, RESUMED],
  ['one since', { getExpiration: async () => Date.now() + 1000 }, EXPIRED],
  ['whatever they do not know themselves', { getExpiration: async () => Infinity }, EXPIRED],
  ['no number', { getExpiration: async () => undefined }, EXPIRED],
  ['nothing at all', {}, EXPIRED],
  ['a failure', { getExpiration: () => Promise.reject(new Error('redis')) }, EXPIRED],
  ['one that others wrote', othersWrite(), EXPIRED],
])('asks the app’s own cache handlers, who know of %s', async (_what, handler, answer) => {
  Reflect.set(globalThis, HANDLERS, new Set([handler]))
  await using stage = await start(NOW, { hasOwnPageCache: true })
  stage.change()
  expect(verdict(await stage.resume())).toMatch(answer)
})

it('minds the tags of the page beside the state’s own', async () => {
  const found: Found = { ...NOW, headers: { 'x-next-cache-tags': 'name-a' } }
  await using app = await startOrigin({ find: () => found })
  expect(verdict(await app.send('/p/a', { headers: app.reference(app.fallback) }))).toMatch(RESUMED)
  await revalidate('another')
  expect(verdict(await app.send('/p/a', { headers: app.reference(app.fallback) }))).toMatch(RESUMED)
  await revalidate('name-a')
  expect(verdict(await app.send('/p/a', { headers: app.reference(app.fallback) }))).toBe(EXPIRED)
})

it('checks every tag if Next names none of the page’s', async () => {
  const found: Found = { ...NOW, headers: {} }
  await using app = await startOrigin({ find: () => found })
  expect(verdict(await app.send('/p/a', { headers: app.reference(app.fallback) }))).toMatch(RESUMED)
  await revalidate('anything')
  expect(verdict(await app.send('/p/a', { headers: app.reference(app.fallback) }))).toBe(EXPIRED)
})

const ACTION = { 'next-action': 'a1', 'content-type': 'text/plain' }

it('runs no server action from an outdated state', async () => {
  await using stage = await start(NOW, { actionBytes: 100 })
  const headers = { ...ACTION, ...stage.app.reference(was), 'x-next-resume-state-length': String(stage.state.length) }
  const body = new Uint8Array([...stage.state, 91, 93])
  await revalidate('products')
  expect(verdict(await stage.app.send('/p/a', { headers, body }))).toMatch(RESUMED)
  await revalidate('admins')
  expect(verdict(await stage.app.send('/p/a', { headers, body }))).toBe(EXPIRED)
})

it('runs no server action from a route’s shell when any tag was revalidated', async () => {
  await using app = await startOrigin({}, { actionBytes: 100 })
  const headers = { ...ACTION, ...app.reference(app.fallback), 'x-next-resume-state-length': '0' }
  expect(verdict(await app.send('/p/x', { headers, body: '[]' }))).toMatch(RESUMED)
  await revalidate('products')
  expect(verdict(await app.send('/p/x', { headers, body: '[]' }))).toBe(EXPIRED)
})

async function preload(url: string, inventory: Partial<ShellInventory>) {
  const header = formatPreloadHeader({ buildId: BUILD, hasAll: true, named: new Map(), ...inventory })
  const navigation = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  const sent = request(url, { headers: { ...navigation, 'service-worker-navigation-preload': header } }).end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  const body = Buffer.concat(await response.toArray()).toString()
  return { verdict: response.headers['shell-cache-verdict'], body }
}

it('sends the whole document to a navigation preload of an outdated shell', async () => {
  await using stage = await start()
  const own = { named: new Map([[keyHashOf('/p/a'), { kind: 'own', start: startOf(was) } as const]]) }
  const url = `${stage.app.url}/p/a`
  expect((await preload(url, own)).verdict).toMatch(RESUMED)
  await revalidate('admins')
  stage.change()
  const whole = { verdict: undefined, body: expect.stringMatching(/^<html>root/) }
  expect(await preload(url, own)).toEqual(whole)
})

it('sends the whole document in the place of what the build has published and a tag has outdated', async () => {
  await using plain = await startOrigin()
  await using app = await startOrigin({ find: () => NOW }, { records: tagged(plain.a) })
  const url = `${app.url}/p/a`
  expect((await preload(url, {})).verdict).toMatch(RESUMED)
  await revalidate('admins')
  expect(await preload(url, {})).toEqual({ verdict: undefined, body: expect.stringMatching(/^<html>root/) })
})

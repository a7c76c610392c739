// Proves what the origin knows of pages that changed since the build: it says so with each resume, resumes them for anyone who has them
// already, and sends them whole. e2e proves that real caches change in this way (freshness.spec.ts).

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { toTagHash } from '../../protocol/record/tags.ts'
import { segmentsInput } from '../../protocol/record/segments.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import { createHash, randomBytes } from 'node:crypto'
import { hashOf } from '../../seal/hash.ts'
import { LIMITS } from '../gate/limits.ts'
import type { NextPage } from '../next/next-page.ts'
import { PageDigests } from '../records/page-digests.ts'
import { BOOT_SCRIPT, digestFor, SEGMENTS } from '../test-app.ts'
import { changing, findPage, type Found } from '../test-next.ts'
import { ask, changed, NEWER, newer, recordOf } from '../test-newer.ts'
import { startOrigin, verdict } from '../test-origin.ts'

const OTHER = new Map([['/_tree', toUtf8('newer')]])

beforeEach(() => vi.spyOn(console, 'warn').mockImplementation(() => {}))
afterEach(() => vi.restoreAllMocks())

it('continues from an older record and names the newer one', async () => {
  await using app = await startOrigin(changed())
  const response = await app.send('/p/a', { headers: app.reference(app.a) })
  expect(verdict(response)).toBe(`resumed; shell=${app.a}; current=${newer}`)
  expect(await response.text()).toContain('"state":"a"')
})

it('continues from the page’s own state for anyone who names its digest, and for no one else (B2)', async () => {
  await using app = await startOrigin(changed())
  const response = await app.send('/p/a', { headers: app.reference(newer) })
  expect(verdict(response)).toBe(`resumed; shell=${newer}; current=${newer}`)
  expect(await response.text()).toContain('"state":"newer"')
  for (const [path, digest] of [
    ['/p/b', newer],
    ['/p/a', digestFor('<html>newer', 'other')],
  ] as const) {
    const refused = await app.send(path, { headers: app.reference(digest) })
    expect(verdict(refused)).toBe('refused; reason=unknown')
    expect(await refused.text()).toBe('')
  }
  expect(app.renders()).toBe(1)
})

/** A path that Next has prerendered since the build, of a route that has no shell of its own. */
const VISITED: Found = { ...NEWER, route: '/q/[slug]', params: { slug: 'new' } }
const WITHOUT_SHELL = [{ key: '/q/a', route: '/q/[slug]', state: 'q' }]
const visited = (page: object = {}) => ({
  find: (path: string) => (path === '/q/new' ? { ...VISITED, ...page } : findPage(path)),
})

it.each(['instant', 'gated'])('makes a record of a visited path whose route has no shell, %s', async (mode) => {
  const routes = [{ pattern: '/q/[slug]', mode, route: '/q/[slug]' }]
  await using app = await startOrigin(visited(), { routes }, WITHOUT_SHELL)
  const response = await app.send('/q/new', ask())
  expect(verdict(response)).toBe(`recorded; shell=${newer}`)
  const record = await recordOf(response)
  expect(record).toMatchObject({ kind: 'resuming', key: '/q/new', route: '/q/[slug]', lifetime: { revalidate: 60 } })
  expect(record.headers).toContainEqual(['link', '</font.woff2>; rel=preload'])
  expect(record.headers).toContainEqual(['x-nextjs-postponed', '1'])
  const body = record.kind === 'resuming' ? record.state : null
  const resumed = await app.send('/q/new', { headers: app.reference(newer), body })
  expect(verdict(resumed)).toBe(`resumed; shell=${newer}; current=${newer}`)
})

it.each<[string, object]>([
  ['of which Next has nothing yet', { shell: '' }],
  ['that shows the shell of a route whose record is not here', { entry: { isFallback: true } }],
  ['of a route that the build made nothing of', { route: '/elsewhere/[slug]' }],
])('makes none of a page %s', async (_name, page) => {
  await using app = await startOrigin(visited(page), {}, WITHOUT_SHELL)
  expect((await app.send('/q/new', ask())).status).toBe(409)
  expect(app.renders()).toBe(0)
})

it('makes none of a page whose state has grown too large to come back, and says why', async () => {
  const postponed = randomBytes(1_100_000).toString('base64')
  await using app = await startOrigin(changed({ ...NEWER, postponed }))
  const response = await app.send('/p/a', ask(app.a))
  expect(verdict(response)).toBe('refused; reason=size')
  expect(await response.text()).toBe('')
})

it('makes a record of what Next has now, which is resumed when it comes back under its seal', async () => {
  const { find, change } = changing({ '/p/a': NEWER })
  await using app = await startOrigin({ find })
  const response = await app.send('/p/a', ask(app.a))
  expect(verdict(response)).toBe(`recorded; shell=${newer}`)
  const record = await recordOf(response)
  expect(Math.abs((record.madeAt ?? NaN) - Date.parse(response.headers.get('date') ?? ''))).toBeLessThan(60_000)
  expect(record).toMatchObject({
    kind: 'resuming',
    key: '/p/a',
    route: '/p/[slug]',
    digest: newer,
    lifetime: { revalidate: 60, expire: 3600 },
    tags: ['products', '_N_T_/p/a'].map((tag) => toTagHash(createHash('sha256').update(tag).digest())),
  })
  expect(new Headers(record.headers.map(([name, value]): [string, string] => [name, value])).get('link')).toBe(
    '</font.woff2>; rel=preload',
  )
  expect(record.headers.flat().join()).not.toContain('products')
  expect(app.renders()).toBe(0)
  const body = record.kind === 'resuming' ? record.state : null
  change()
  const carried = await app.send('/p/a', { headers: app.reference(newer), body })
  expect(verdict(carried)).toBe(`resumed; shell=${newer}; current=${app.a}`)
  expect(await carried.text()).toContain('"state":"newer"')
})

it.each<[string, Found | undefined, ReadonlyMap<string, Uint8Array<ArrayBuffer>>]>([
  ['as the build made it', undefined, SEGMENTS],
  ['that has changed', { ...NEWER, segments: OTHER }, OTHER],
])('sends a page %s whole to whom has its shell with other segments', async (_name, page, segments) => {
  await using app = await startOrigin(page ? changed(page) : {})
  const digest = page ? newer : app.a
  const question = async (of: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): Promise<Response> => {
    const header = `build-1; have=${digest}; segments=${hashOf(segmentsInput(of))}`
    return app.send('/p/a', { headers: { 'shell-cache-record': header } })
  }
  const same = await question(new Map([...segments].toReversed()))
  expect([verdict(same)?.split(';')[0], await same.text()]).toEqual(['recorded', ''])
  const other = await question(new Map([...segments, ['/_tree', toUtf8('<script>')]]))
  expect(await recordOf(other)).toMatchObject({ digest, segments })
})

it('hands out the segments of the same render, and starts the shell only with them', async () => {
  const segments = new Map([
    ['/_tree', toUtf8('newer tree')],
    ['/_full', toUtf8('newer payload')],
  ])
  await using app = await startOrigin(changed({ ...NEWER, segments }))
  expect(await recordOf(await app.send('/p/a', ask()))).toMatchObject({ segments, bootScript: BOOT_SCRIPT })
  await using other = await startOrigin(changed())
  const without = await recordOf(await other.send('/p/a', ask()))
  expect(without).toMatchObject({ segments: new Map(), bootScript: undefined })
})

it('keeps from the router what the build has kept from it', async () => {
  const route = '/photo/[slug]'
  const find = () => ({ ...NEWER, route, segments: new Map(['/_tree', '/_full'].map((name) => [name, toUtf8(name)])) })
  const built = { key: route, route, state: 'photo', segments: new Map([['/_full', toUtf8('built')]]) }
  await using app = await startOrigin({ find }, {}, [built])
  const { segments } = await recordOf(await app.send('/photo/a', ask()))
  expect([...segments.keys()]).toEqual(['/_full'])
})

it('sends nothing to whom has the record already', async () => {
  await using app = await startOrigin(changed())
  const response = await app.send('/p/a', ask(newer))
  expect(verdict(response)).toBe(`recorded; shell=${newer}`)
  expect((await response.arrayBuffer()).byteLength).toBe(0)
})

it('tells what the bytes of a browser that has the page must hash to', async () => {
  await using app = await startOrigin(changed())
  const saidOf = async (headers: Record<string, string>): Promise<string | null> =>
    (await app.send('/p/a', { headers })).headers.get('shell-cache-verdict')
  const hash = createHash('sha256').update(NEWER.shell).digest('base64url')
  expect(await saidOf(app.reference(newer))).toBe(`resumed; shell=${newer}; current=${newer}; sha256=${hash}`)
  expect(await saidOf(ask(newer).headers)).toBe(`recorded; shell=${newer}; sha256=${hash}`)
  // An older shell has no hash: a newer one replaces it. A record that is sent has its hash in it.
  for (const headers of [app.reference(app.a), ask().headers]) expect(await saidOf(headers)).not.toContain('sha256')
})

it('tells of a page that Next is about to replace', async () => {
  await using app = await startOrigin(changed({ ...NEWER, entry: { isStale: true } }))
  expect(verdict(await app.send('/p/a', { headers: app.reference(newer) }))).toBe(
    `resumed; shell=${newer}; current=${newer}; stale`,
  )
  expect(verdict(await app.send('/p/a', ask()))).toBe(`recorded; shell=${newer}; stale`)
})

it.each([
  ['of a path', 'x'],
  ['of a page that has a record, after a revalidation', 'a'],
])('hands out the route’s new shell under the route’s name, at the address %s', async (_name, slug) => {
  const fallback: Found = { ...NEWER, params: { slug }, entry: { isFallback: true } }
  await using app = await startOrigin({ find: () => fallback })
  const record = await recordOf(await app.send(`/p/${slug}`, ask()))
  expect(record).toMatchObject({ key: '/p/[slug]', digest: newer, lifetime: { revalidate: undefined } })
})

it('makes a whole document of a page that has lost its holes', async () => {
  await using app = await startOrigin(changed({ ...NEWER, postponed: undefined }))
  const record = await recordOf(await app.send('/p/a', ask()))
  expect(record.kind).toBe('static')
  expect(record.headers).toContainEqual(['cache-control', 's-maxage=60, stale-while-revalidate=3540'])
})

it('puts the rules’ headers on a record of its own, and no visitor’s cookie', async () => {
  const before = (_incoming: unknown, response: { setHeader: (name: string, value: string) => void }) => {
    response.setHeader('content-security-policy', "default-src 'self'")
    response.setHeader('set-cookie', 'visitor=ann')
  }
  await using app = await startOrigin({ ...changed(), before })
  const { headers } = await recordOf(await app.send('/p/a', ask()))
  expect(headers).toContainEqual(['content-security-policy', "default-src 'self'"])
  expect(headers.flat().join()).not.toContain('ann')
})

it('puts nothing of a guard’s on the record of a page behind it', async () => {
  const before = (_incoming: unknown, response: { setHeader: (name: string, value: string) => void }) =>
    response.setHeader('x-robots-tag', 'ann')
  const routes = [{ pattern: '/p/[slug]', mode: 'gated', route: '/p/[slug]' }]
  await using app = await startOrigin({ ...changed(), before }, { routes })
  const { headers } = await recordOf(await app.send('/p/a', ask()))
  expect(headers.flat().join()).not.toContain('ann')
})

it('hashes a page once, whatever becomes of the strings, and keeps within its bytes', () => {
  const page = (path: string, shell: string) => ({ route: path, path, shell, postponedState: 's' }) as NextPage
  const digests = new PageDigests(LIMITS.hashedPageBytes, () => {})
  expect(digests.of(page('/', 'a'))).toBe(digestFor('a', 's'))
  expect(digests.of(page('/', 'a'))).toBe(digestFor('a', 's'))
  expect(digests.of(page('/', 'b'))).toBe(digestFor('b', 's'))
  const small = new PageDigests(8, () => {})
  for (const path of ['/1', '/2', '/3']) expect(small.of(page(path, path))).toBe(digestFor(path, 's'))
})

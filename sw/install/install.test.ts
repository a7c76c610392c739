// Proves what an install leaves in the store when parts of it are missing or wrong, with msw for the network.

import { createHash } from 'node:crypto'

import { http, HttpResponse } from 'msw'
import { expect, it } from 'vitest'

import { encodeRecord } from '../../protocol/record/record-codec.ts'
import { putRecord, readRecord } from '../store/records.ts'
import { storedDigests } from '../store/test-store.ts'
import { appNames } from '../util/app.ts'
import { resumingRecord, staticRecord, workerConfig } from '../util/test-worker.ts'
import { openAssetCache } from './assets.ts'
import { installRecords } from './install.ts'
import { manifestOf, setUpInstall } from './test-build.ts'

const config = workerConfig()
const [home, product] = [resumingRecord('/'), resumingRecord('/products/[slug]')]
const { server, serve } = setUpInstall()
const SHARED_HASH = createHash('sha256').update('/shared.js').digest('base64url')

it('stores every record and its assets', async () => {
  serve({ records: [home, product, staticRecord('/about')] })
  expect(await installRecords(config)).toEqual({ stored: 3, problems: [] })
  expect([...(await storedDigests('build')).keys()].toSorted()).toEqual(['/', '/about', '/products/[slug]'])
  expect(await caches.keys()).toEqual([`${appNames().assets}build`])
  expect(await (await caches.match('/shared.js'))?.text()).toBe('/shared.js')
})

it('counts a record’s age from the build, by the server’s clock', async () => {
  const frame = encodeRecord({ ...home, madeAt: 1000 }).buffer
  const dated = { headers: { date: new Date(61_000).toUTCString() } }
  serve({ records: [home], answers: { '/0.txt': HttpResponse.arrayBuffer(frame, dated) } })
  await installRecords(config)
  const { receivedAt = NaN, madeAt = NaN } = (await readRecord('build', ['/']))?.record ?? {}
  // The clock is read twice, so the difference may be larger.
  expect(receivedAt - madeAt).toBeGreaterThanOrEqual(60_000)
})

it('asks for an asset once, however many records share it', async () => {
  const asked = serve({ records: [home, product] })
  await installRecords(config)
  expect(asked.filter((path) => path === '/shared.js')).toHaveLength(1)
})

it('takes no copy of an asset from another tool’s cache, which may be opaque', async () => {
  await (await caches.open('serwist-precache')).put('/shared.js', Response.error())
  serve({ records: [home] })
  expect(await installRecords(config)).toEqual({ stored: 1, problems: [] })
  expect(await (await caches.match('/shared.js', { cacheName: `${appNames().assets}build` }))?.text()).toBe(
    '/shared.js',
  )
})

it('takes over what an earlier build of ours has', async () => {
  await (await caches.open(`${appNames().assets}before`)).put('/shared.js', new Response('/shared.js'))
  const asked = serve({ records: [home] })
  await installRecords(config)
  expect(asked).not.toContain('/shared.js')
})

it.each(['before', 'build'])('takes over nothing that a script has put into the cache of %s', async (buildId) => {
  const stolen = await caches.open(`${appNames().assets}${buildId}`)
  for (const url of ['/shared.js', '/foreign.js']) await stolen.put(url, new Response('stolen()'))
  const asked = serve({ records: [home] })
  await installRecords(config)
  expect(asked).toContain('/shared.js')
  const own = { cacheName: `${appNames().assets}build` }
  expect(await (await caches.match('/shared.js', own))?.text()).toBe('/shared.js')
  expect(await caches.match('/foreign.js', own)).toBeUndefined()
})

it.each(['another', `${appNames().assets}before`])(
  'takes from the cache %s what has the name of this build’s file and is another one',
  async (cacheName) => {
    const stolen = await caches.open(cacheName)
    for (const url of ['/shared.js', '/of-an-old-page.js']) await stolen.put(url, new Response('stolen()'))
    serve({ records: [home] })
    await installRecords(config)
    expect(await stolen.match('/shared.js')).toBeUndefined()
    expect(await stolen.match('/of-an-old-page.js')).toBeDefined()
  },
)

it('takes over nothing that a script puts into an earlier build’s cache during the install', async () => {
  const cache = await openAssetCache({ buildId: 'build', hashes: { '/shared.js': SHARED_HASH } })
  serve({ records: [home] })
  await cache.dropForeign()
  await (await caches.open(`${appNames().assets}before`)).put('/shared.js', new Response('stolen()'))
  await cache.add('/shared.js')
  const own = { cacheName: `${appNames().assets}build` }
  expect(await (await caches.match('/shared.js', own))?.text()).toBe('/shared.js')
})

it('fetches only what is missing when an earlier install was cut off', async () => {
  await putRecord({ ...home, receivedAt: 1, asOf: 0 })
  const asked = serve({ records: [home, product] })
  expect(await installRecords(config)).toEqual({ stored: 1, problems: [] })
  expect(asked).not.toContain('/0.txt')
})

it.each([
  ['its frame is missing', { '/0.txt': HttpResponse.text('', { status: 404 }) }],
  ['its frame is cut short', { '/0.txt': HttpResponse.arrayBuffer(encodeRecord(home).slice(0, -1).buffer) }],
  ['its frame is another record', { '/0.txt': HttpResponse.arrayBuffer(encodeRecord(staticRecord('/')).buffer) }],
  [
    'its frame is of another build',
    { '/0.txt': HttpResponse.arrayBuffer(encodeRecord({ ...home, buildId: 'x' }).buffer) },
  ],
  [
    'its shell differs from its hash',
    { '/0.txt': HttpResponse.arrayBuffer(encodeRecord({ ...home, shell: product.shell }).buffer) },
  ],
  ['an asset of its own is missing', { '/only-0.js': HttpResponse.text('', { status: 404 }) }],
  ['the network breaks', { '/0.txt': HttpResponse.error() }],
])('leaves out one record and keeps the others when %s', async (_name, answers) => {
  serve({ records: [home, product], answers })
  const report = await installRecords(config)
  expect(report.stored).toBe(1)
  expect(report.problems).toHaveLength(1)
  expect([...(await storedDigests('build')).keys()]).toEqual(['/products/[slug]'])
})

it('stores what another origin lets it read, and the record all the same if it lets no one', async () => {
  const manifest = { ...manifestOf([home]), assets: ['https://cdn.test/open.js', 'https://cdn.test/closed.js'] }
  serve({ records: [home], answers: { '/manifest.json': HttpResponse.json(manifest) } })
  server.use(
    http.get('https://cdn.test/open.js', () => HttpResponse.text('open')),
    // `fetch` also fails like this if there is no Access-Control-Allow-Origin.
    http.get('https://cdn.test/closed.js', () => HttpResponse.error()),
  )
  expect(await installRecords(config)).toEqual({ stored: 1, problems: [] })
  expect(await (await caches.match('https://cdn.test/open.js'))?.text()).toBe('open')
  expect(await caches.match('https://cdn.test/closed.js')).toBeUndefined()
})

it('leaves out a record whose scripts another origin does not have', async () => {
  const manifest = { ...manifestOf([home]), assets: ['/shared.js', 'https://cdn.test/gone.js'] }
  serve({ records: [home], answers: { '/manifest.json': HttpResponse.json(manifest) } })
  server.use(http.get('https://cdn.test/gone.js', () => HttpResponse.text('', { status: 404 })))
  expect(await installRecords(config)).toMatchObject({ stored: 0, problems: [expect.stringContaining('404')] })
})

it.each([
  ['is missing', HttpResponse.text('', { status: 404 })],
  ['is no JSON', HttpResponse.text('<html>')],
  ['has an unknown version', HttpResponse.json({ ...manifestOf([]), version: 2 })],
  ['is another build’s', HttpResponse.json({ ...manifestOf([]), buildId: 'other' })],
])('stores nothing when the manifest %s', async (_name, manifest) => {
  serve({ records: [home], answers: { '/manifest.json': manifest } })
  await expect(installRecords(config)).rejects.toThrow()
  expect((await storedDigests('build')).size).toBe(0)
})

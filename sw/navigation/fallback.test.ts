// Proves the ladder's lowest rungs: what a visitor gets if the network does not answer, or not in time. That the page then starts
// by itself is shown by e2e (offline.spec.ts).

import 'fake-indexeddb/auto'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import type { StoredRecord } from '../../protocol/record/stored.ts'
import { deleteAllRecords, putRecord } from '../store/records.ts'
import { currentSequence, markInvalidated } from '../store/marks.ts'
import { deferred } from '../util/async.ts'
import { resumingRecord, staticRecord, workerConfig } from '../util/test-worker.ts'
import { recordAnswer } from '../transport/availability.ts'
import type { Navigation } from './eligible.ts'
import { navigate, navigateUnknown } from './navigate.ts'
import { endingOf, rememberStream } from '../response/open-streams.ts'

const BOOT_SCRIPT = ' src="/start.js" data-bootstrap="{}"'
const timeouts = { store: 60_000, offline: 20, response: 60, idle: 1000 }
const config = workerConfig({ timeouts })

beforeEach(async () => {
  vi.stubGlobal('location', new URL('https://shop.test/sw.js'))
  await deleteAllRecords()
  recordAnswer()
})
afterEach(() => vi.unstubAllGlobals())

const gone = (): Promise<Response> => Promise.reject(new TypeError('no network'))
const silent = (_input?: unknown, init?: RequestInit): Promise<Response> =>
  new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))))

async function store(record: Partial<StoredRecord> = {}): Promise<StoredRecord> {
  const stored = {
    ...resumingRecord('/'),
    bootScript: BOOT_SCRIPT,
    receivedAt: Date.now(),
    asOf: 1000,
    ...record,
  } as StoredRecord
  await putRecord(stored)
  return stored
}

async function visit(network: typeof silent, change: Partial<Navigation> = {}, given = config) {
  vi.stubGlobal('fetch', network)
  const request = new Request('https://shop.test/')
  const event = { request, resultingClientId: 'tab', waitUntil: () => {} } as unknown as FetchEvent
  rememberStream('tab', Promise.resolve('abandoned'))
  const navigation = {
    url: new URL(request.url),
    keys: ['/'],
    mode: 'instant',
    isRepeat: false,
    ...change,
  } as Navigation
  const response = await navigate(event, navigation, given)
  const timing = response.headers.get('server-timing') ?? ''
  const type = response.headers.get('content-type')
  return { status: response.status, type, timing, text: await response.text(), ending: await endingOf('tab') }
}

const tailOf = ({ digest }: StoredRecord) => `<script${BOOT_SCRIPT} data-shell="${digest}"></script></body></html>`

it.each([
  ['gone', gone],
  ['silent', silent],
])('ends the shell so that it starts by itself if the network is %s', async (_name, network) => {
  const record = await store()
  expect((await visit(network)).text).toBe(`<html>/${tailOf(record)}`)
})

it('shows a reload the network’s page while there is one, and the stored one if there is none', async () => {
  const record = await store()
  expect((await visit(async () => new Response('network'), { isRepeat: true })).text).toBe('network')
  for (const network of [gone, silent]) {
    const { status, text, timing, ending } = await visit(network, { isRepeat: true })
    expect([status, text, ending]).toEqual([200, `<html>/${tailOf(record)}`, 'offline'])
    expect(timing).toContain('"offline"')
  }
})

it('tells a page that cannot start without its rest that this will not come', async () => {
  await store({ bootScript: undefined })
  expect(await visit(gone, { isRepeat: true })).toMatchObject({ text: '<html>/', ending: 'stranded' })
})

it('shows a whole document as what it is', async () => {
  await store(staticRecord('/'))
  const { text, timing, ending } = await visit(gone, { isRepeat: true })
  expect([text, ending]).toEqual(['<html>/</body></html>', 'abandoned'])
  expect(timing).toContain('"static"')
})

it('reads nothing of a network’s page that comes too late', async () => {
  await store()
  const late = deferred<Response>()
  expect((await visit(() => late.promise, { isRepeat: true })).ending).toBe('offline')
  const cancelled = deferred<boolean>()
  late.resolve(new Response(new ReadableStream({ cancel: () => cancelled.resolve(true) })))
  expect(await cancelled.promise).toBe(true)
})

it('waits as long as it takes for a page that would not start without its rest', async () => {
  await store({ bootScript: undefined })
  const slow = (): Promise<Response> =>
    new Promise((resolve) => setTimeout(() => resolve(new Response('network')), 3 * timeouts.offline))
  expect((await visit(slow, { isRepeat: true })).text).toBe('network')
})

it('does not wait as long for a network that was silent a moment ago', async () => {
  await store()
  const patient = workerConfig({ timeouts: { ...timeouts, offline: 60_000, response: 60_000 } })
  await visit(gone)
  expect((await visit(silent, {}, patient)).text).toContain('data-shell')
})

it('shows what the visitor has changed meanwhile, and says that it is old', async () => {
  await store({ asOf: await currentSequence(), tags: ['changed'] })
  await markInvalidated(['changed'])
  expect((await visit(gone)).timing).toMatch(/"offline", shell-age;desc="\d+", shell-stale/)
})

it('shows an expired page if the build says so', async () => {
  await store({ lifetime: { revalidate: 1, expire: 2 }, receivedAt: Date.now() - 5000 })
  expect((await visit(gone)).timing).toContain('shell-stale')
  const strict = workerConfig({ timeouts, offline: { ...config.offline, expired: false } })
  expect(await visit(gone, {}, strict)).toMatchObject({
    status: 503,
    type: 'text/html; charset=utf-8',
    text: '<h1>offline</h1>',
    ending: 'abandoned',
  })
})

it('shows nothing of a page that a guard stands before', async () => {
  await store()
  for (const isRepeat of [true, false]) expect((await visit(gone, { mode: 'gated', isRepeat })).status).toBe(503)
})

it('shows the app’s offline page if nothing is stored, and the browser’s own if that is not there either', async () => {
  const named = workerConfig({ timeouts, offline: { page: { key: '/offline' }, expired: true } })
  vi.stubGlobal('fetch', gone)
  const event = { request: new Request('https://shop.test/x'), resultingClientId: 'other tab' } as unknown as FetchEvent
  await expect(navigateUnknown(event, named)).rejects.toThrow('not stored')
  await putRecord({ ...staticRecord('/offline'), receivedAt: Date.now(), asOf: 1000 })
  const response = await navigateUnknown(event, named)
  expect([response.status, await response.text()]).toEqual([503, '<html>/offline</body></html>'])
  expect(response.headers.get('server-timing')).toContain('"offline"')
  expect(await endingOf('other tab')).toBe('stranded')
})

// Proves what a spliced response does besides sending its bytes: what it stops, what it forgets, what it asks for, and when. The bytes
// are in splice.test.ts.

import 'fake-indexeddb/auto'

import { setImmediate as turn } from 'node:timers/promises'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import type { StoredRecord } from '../../protocol/record/stored.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import { deferred } from '../util/async.ts'
import { openDatabase } from '../store/database.ts'
import { countRecords, deleteAllRecords, putRecord } from '../store/records.ts'
import { resumingRecord, workerConfig } from '../util/test-worker.ts'
import type { ByteSource, Rest } from '../transport/rest.ts'
import { isMisfit } from './misfits.ts'
import { isExpectedReload, pageForReload } from './reloads.ts'
import { responseBody } from './body.ts'
import { endingOf } from './open-streams.ts'
import { RECOVERY_TAIL, SHELL_TAIL } from './tails.ts'

const PAGE = 'https://shop.test/page'
const record: StoredRecord = { ...resumingRecord('/page'), receivedAt: Date.now(), asOf: 1000 }
const { timeouts } = workerConfig()
const tail = new TextDecoder().decode(RECOVERY_TAIL)
const reload = new TextDecoder().decode(SHELL_TAIL)
const network = vi.fn<typeof fetch>()

beforeEach(async () => {
  vi.stubGlobal('fetch', network)
  network.mockReset().mockImplementation(async () => new Response('page', { headers: { 'content-type': 'text/html' } }))
  await deleteAllRecords()
  await putRecord(record)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

type Given = { readonly kind?: 'resumed' | 'document'; readonly hasNewer?: boolean; readonly breaks?: boolean }

function restOf(chunks: readonly string[], given: Given = {}): Rest {
  const { kind = 'resumed', hasNewer = false, breaks = false } = given
  const queue = chunks.map(toUtf8)
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = queue.shift()
      if (chunk) controller.enqueue(chunk)
      else if (breaks) controller.error(new TypeError('network error'))
      else controller.close()
    },
  }).getReader()
  return kind === 'resumed' ? { kind, body, hasNewer } : { kind, body }
}

const sourceOf = (text: string): ByteSource => new Blob([text]).stream().getReader()

function begin(rest: Promise<Rest>, given = record, answers = true) {
  const abort = new AbortController()
  const background: Promise<unknown>[] = []
  const update = vi.fn<() => Promise<boolean>>(async () => answers)
  const waitUntil = (work: Promise<unknown>): void => void background.push(work)
  const event = { request: new Request(PAGE), resultingClientId: 'tab', waitUntil } as unknown as FetchEvent
  const skipPreload = vi.fn<() => Promise<void>>(async () => {})
  const stream = responseBody(event, given, rest, {
    abort,
    skipPreload,
    path: '/page',
    config: { timeouts, watchUrl: '' },
    update,
  }) as ReadableStream<Uint8Array<ArrayBuffer>>
  return { abort, update, skipPreload, stream, settled: () => Promise.all(background) }
}

/** A whole response, and the background work that it started. */
async function whole(rest: Rest, given?: StoredRecord, answers?: boolean) {
  const { stream, settled, update } = begin(Promise.resolve(rest), given, answers)
  const text = await new Response(stream).text()
  await settled()
  return { text, updates: update.mock.calls.length, ending: await endingOf('tab') }
}

const END = '<p>rest</p></body></html>'

it.each<[string, Rest, boolean]>([
  ['has no page there', { kind: 'other' }, true],
  ['is in trouble for now', { kind: 'other', isForNow: true }, false],
])('asks first from then on if the network %s', async (name, rest, isHeld) => {
  const own = { ...record, digest: resumingRecord('/page', 'build', name).digest }
  await whole(rest, own)
  expect(isMisfit('/page', own)).toBe(isHeld)
})

it.each([
  ['resumed', true, 1],
  ['resumed', false, 0],
  ['document', true, 0],
] as const)('asks for what is newer behind a whole page, once: %s, newer: %s', async (kind, hasNewer, updates) => {
  const text = kind === 'resumed' ? END : `<html>/page${END}`
  expect(await whole(restOf([text], { kind, hasNewer }))).toEqual({
    text: `<html>/page${END}`,
    updates,
    ending: 'complete',
  })
  expect(network).not.toHaveBeenCalled()
  expect(await countRecords('build')).toBe(1)
})

it.each<[string, Rest, number]>([
  ['before the origin has answered', { kind: 'unreachable' }, 1],
  ['while the network’s page comes', restOf(['<html>'], { kind: 'document' }), 1],
  ['after the origin has told that its shell is right', restOf([]), 0],
])('asks what the page is if it was left %s', async (_name, rest, updates) => {
  const answer = deferred<Rest>()
  const { stream, settled, update } = begin(answer.promise)
  const reader = stream.getReader()
  await reader.read()
  await reader.cancel()
  answer.resolve(rest)
  await settled()
  expect(update).toHaveBeenCalledTimes(updates)
})

it('asks for what is newer no sooner than the page has all that it waits for', async () => {
  const source = new TransformStream<Uint8Array, Uint8Array>()
  const body = source.readable.getReader() as Extract<Rest, { kind: 'resumed' }>['body']
  const { stream, update, settled } = begin(Promise.resolve({ kind: 'resumed', body, hasNewer: true }))
  const reader = stream.getReader()
  await reader.read()
  const writer = source.writable.getWriter()
  await Promise.all([writer.write(toUtf8(END)), reader.read()])
  expect(update).not.toHaveBeenCalled()
  await Promise.all([writer.close(), reader.read(), settled()])
  expect(update).toHaveBeenCalledOnce()
})

it('forgets a shell that the page has no more, and asks for none behind it', async () => {
  const { text, updates, ending } = await whole(restOf(['<html>/other'], { kind: 'document' }))
  expect([text, updates, ending]).toEqual([`<html>/page${reload}`, 0, 'outdated'])
  expect(await countRecords('build')).toBe(0)
  expect(isExpectedReload(PAGE)).toBe(true)
})

it('has forgotten it before the page can ask again: the newer record is not fetched beside one that fits', async () => {
  const { stream } = begin(Promise.resolve(restOf(['<html>/other'], { kind: 'document' })))
  const reader = stream.getReader()
  await reader.read()
  const { value } = await reader.read()
  expect(new TextDecoder().decode(value)).toBe(reload)
  expect(await countRecords('build')).toBe(0)
})

it.each([
  ['keeps', true, 2],
  ['forgets', false, 1],
])('%s a route’s shell that does not fit a path, by whether our origin answers: %s', async (_does, answers, left) => {
  const ofRoute: StoredRecord = { ...resumingRecord('/[slug]'), receivedAt: Date.now(), asOf: 1000 }
  await putRecord(ofRoute)
  const { updates, ending } = await whole(restOf(['<html>/other'], { kind: 'document' }), ofRoute, answers)
  expect([updates, ending]).toEqual([1, 'outdated'])
  expect(await countRecords('build')).toBe(left)
  expect(isMisfit('/page', ofRoute)).toBe(true)
})

it.each<[string, () => Rest]>([
  ['begins otherwise', () => ({ kind: 'document', body: sourceOf('<html>/other'), page: new Response() })],
  ['is not there', () => ({ kind: 'other', page: new Response('<html>/other', { status: 404 }) })],
])('keeps a page that %s for the reload, which has no preload', async (_name, rest) => {
  const { stream, settled, skipPreload } = begin(Promise.resolve(rest()))
  expect(await new Response(stream).text()).toBe(`<html>/page${reload}`)
  expect(skipPreload).toHaveBeenCalledOnce()
  expect(await pageForReload(PAGE, true)?.page.text()).toBe('<html>/other')
  await settled()
})

it('keeps no page for a visitor who has left, and lets it go', async () => {
  const cancel = vi.fn<() => void>()
  const answer = deferred<Rest>()
  const { abort, stream, skipPreload } = begin(answer.promise)
  const reader = stream.getReader()
  await reader.read()
  abort.abort()
  answer.resolve({ kind: 'other', page: new Response(new ReadableStream({ cancel }), { status: 404 }) })
  await reader.read()
  expect(cancel).toHaveBeenCalledOnce()
  expect(skipPreload).not.toHaveBeenCalled()
  expect(pageForReload(PAGE, true)).toBeUndefined()
})

it('ends even if the database does not let it forget', async () => {
  vi.spyOn(await openDatabase(), 'transaction').mockImplementation(() => {
    throw new DOMException('Connection to Indexed Database server lost', 'UnknownError')
  })
  expect((await whole(restOf(['<html>/other'], { kind: 'document' }))).ending).toBe('outdated')
})

it('reloads a broken page that the network has, and expects that reload', async () => {
  const { text, ending } = await whole(restOf(['<p>ha'], { breaks: true }))
  expect([text, ending]).toEqual([`<html>/page<p>ha${tail}`, 'recovery'])
  expect(network).toHaveBeenCalledOnce()
  expect(isExpectedReload(PAGE)).toBe(true)
})

it('leaves a broken page as it is if the network has none', async () => {
  network.mockRejectedValue(new TypeError('no network'))
  const { text, ending } = await whole(restOf(['<p>ha'], { breaks: true }))
  expect([text, ending]).toEqual(['<html>/page<p>ha', 'stranded'])
  expect(isExpectedReload(PAGE)).toBe(false)
})

it('ends a shell that starts by itself with what starts it', async () => {
  const starting: StoredRecord = {
    ...resumingRecord('/page'),
    bootScript: ' src="/start.js"',
    receivedAt: 1,
    asOf: 1000,
  }
  const { text, ending } = await whole({ kind: 'unreachable' }, starting)
  expect([text.startsWith('<html>/page<script src="/start.js" '), ending]).toEqual([true, 'offline'])
})

it('stops its rest when the tab goes away, and asks the network for nothing more', async () => {
  const rest = deferred<Rest>()
  const { abort, stream, settled, update } = begin(rest.promise)
  const aborted = new Promise((resolve) => abort.signal.addEventListener('abort', resolve))
  const reader = stream.getReader()
  await reader.read()
  void reader.read()
  // By now it waits for its rest.
  await turn()
  await reader.cancel()
  await aborted
  const stopped = deferred<void>()
  const read = (): Promise<never> => Promise.reject(new TypeError('network error'))
  const cancel = async (): Promise<void> => stopped.resolve()
  rest.resolve({ kind: 'resumed', body: { read, cancel } as unknown as ByteSource, hasNewer: false })
  await Promise.all([settled(), stopped.promise])
  expect(await endingOf('tab')).toBe('abandoned')
  expect(network).not.toHaveBeenCalled()
  expect(update).not.toHaveBeenCalled()
})

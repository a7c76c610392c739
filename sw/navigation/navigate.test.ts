// Proves which rung of the ladder each lookup and each navigation leads to, and when a record is asked for in the background. The lowest
// rungs are in fallback.test.ts, guarded pages in gated.test.ts, the bytes in splice.test.ts.

import 'fake-indexeddb/auto'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import type { StoredRecord } from '../../protocol/record/stored.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import { formatVerdict } from '../../protocol/verdict.ts'
import { deferred } from '../util/async.ts'
import { resumingRecord, staticRecord, workerConfig } from '../util/test-worker.ts'
import { currentSequence, markInvalidated } from '../store/marks.ts'
import { countRecords, deleteAllRecords, putRecord } from '../store/records.ts'
import { openDatabase } from '../store/database.ts'
import type { Network } from '../transport/plain.ts'
import type { Rest } from '../transport/rest.ts'
import type { ResumeAnswer } from '../transport/resume.ts'
import type { Navigation } from './eligible.ts'
import { navigate } from './navigate.ts'

const config = workerConfig()
const received = { receivedAt: Date.now(), asOf: 1000 }
const shell: StoredRecord = { ...resumingRecord('/'), tags: ['changed'], ...received }
const whole: StoredRecord = { ...staticRecord('/'), ...received }
const old = { lifetime: { revalidate: 1, expire: 2 }, receivedAt: Date.now() - 5000 }

/** The requests for a record that the origin got, each as what the worker says it has. */
let asked: (string | null)[] = []

beforeEach(async () => {
  asked = []
  vi.stubGlobal('fetch', async (_input: unknown, init?: RequestInit) => {
    asked.push(new Headers(init?.headers).get('shell-cache-record'))
    return new Response(null, {
      status: 503,
      headers: { 'shell-cache-verdict': formatVerdict({ kind: 'refused', reason: 'busy' }) },
    })
  })
  await deleteAllRecords()
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

async function visit(change: Partial<Navigation> = {}, given: Partial<Network> = {}, configured = config) {
  const background: Promise<unknown>[] = []
  const request = new Request('https://shop.test/')
  const waitUntil = (work: Promise<unknown>): void => void background.push(work)
  const event = { request, resultingClientId: '', waitUntil } as unknown as FetchEvent
  const navigation: Navigation = { url: new URL(request.url), keys: ['/'], mode: 'instant', isRepeat: false, ...change }
  const network: Network = {
    askForRest: async () => rest(),
    askForVerdict: async () => ({ kind: 'unanswered' }),
    fetchPage: async () => new Response('network'),
    sentPage: async () => new Response('<html>/</body></html>'),
    ...given,
  }
  const response = await navigate(event, navigation, configured, network)
  const text = await response.text()
  await Promise.all(background)
  return { text, status: response.status, timing: response.headers.get('server-timing') ?? '' }
}

function rest(hasNewer = false): Rest {
  const body = new Response(toUtf8('<p>rest</p></body></html>')).body
  if (!body) throw new Error('a response of bytes has a body')
  return { kind: 'resumed', body: body.getReader(), hasNewer }
}
const GONE = { fetchPage: () => Promise.reject(new TypeError('no network')) }
const SPLICED = '<html>/<p>rest</p></body></html>'

it('takes away at once a shell that some script has altered', async () => {
  await putRecord(shell)
  await visit({}, { askForRest: async () => ({ kind: 'refused', reason: 'seal' }) })
  expect(await countRecords('build')).toBe(0)
})

it('sends the shell and its rest, says how long the store took, and asks for nothing more', async () => {
  await putRecord(shell)
  let now = 100
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  const database = await openDatabase()
  const begin = database.transaction.bind(database)
  vi.spyOn(database, 'transaction').mockImplementation((...args) => {
    now = 107
    return begin(...args)
  })
  const { text, timing } = await visit()
  expect(text).toBe(SPLICED)
  expect(timing).toMatch(/^shell;desc="instant", shell-age;desc="\d+", shell-store;dur=7\.0$/)
  expect(asked).toEqual([])
})

it('asks for the newer record that the origin has, naming the one that is here', async () => {
  await putRecord(shell)
  expect((await visit({}, { askForRest: async () => rest(true) })).text).toBe(SPLICED)
  expect(asked).toEqual([`build; have=${shell.digest}`])
})

it('sends a whole document as it is, and asks for a newer one if the network’s differs', async () => {
  await putRecord(whole)
  const current = await visit()
  expect([current.text, current.status]).toEqual(['<html>/</body></html>', 200])
  expect(current.timing).toMatch(/^shell;desc="static", shell-age;desc="\d+", shell-store;dur=[\d.]+$/)
  expect(asked).toEqual([])
  await visit({}, { sentPage: async () => new Response('<html>x</body></html>') })
  expect(asked).toEqual([`build; have=${whole.digest}`])
  await visit({}, { sentPage: async () => Response.error() })
  expect(asked).toHaveLength(1)
})

it('asks before it shows a route’s shell for a path that it did not fit, and shows it without a network', async () => {
  const ofRoute: StoredRecord = { ...resumingRecord('/[slug]'), ...received }
  const at = { keys: ['/', '/[slug]'] as const }
  await putRecord(ofRoute)
  const missing = { askForRest: async () => ({ kind: 'other' as const }) }
  expect((await visit(at, missing)).text).toContain('http-equiv="refresh"')
  const steps: string[] = []
  const askForVerdict = async (): Promise<ResumeAnswer> => {
    steps.push('verdict')
    return { kind: 'refused', reason: 'route', location: null }
  }
  expect((await visit(at, { ...missing, askForVerdict })).text).toBe('network')
  expect(steps).toEqual(['verdict'])
  expect(await countRecords('build')).toBe(1)
  expect((await visit(at, { ...GONE, askForVerdict })).text).toContain('<html>/[slug]')
})

/** For when no origin of ours answers: another server refuses a POST, and answers a GET with the page. */
const answeredByOthers = (page: Response) =>
  vi.stubGlobal('fetch', async (_input: unknown, init?: RequestInit) =>
    init?.method === 'POST' ? new Response('no', { status: 405 }) : page,
  )

it.each<[string, Response | undefined, Response, number]>([
  [
    'which the network’s page has proved outdated',
    new Response('<html>newer</body></html>'),
    new Response('unread'),
    0,
  ],
  ['which the network’s page proves outdated', undefined, new Response('<html>newer</body></html>'), 0],
  ['which is gone', undefined, new Response('gone', { status: 404 }), 0],
  ['which the network has as well', undefined, new Response('<html>/</body></html>'), 1],
  ['of a server in trouble', undefined, new Response('busy', { status: 503 }), 1],
])('where no origin answers, forgets only a whole document %s', async (_name, sent, page, left) => {
  await putRecord(whole)
  answeredByOthers(page)
  const prefix = { ...config, transport: 'prefix' } as const
  expect((await visit({}, { sentPage: async () => sent }, prefix)).text).toBe('<html>/</body></html>')
  expect(await countRecords('build')).toBe(left)
})

it.each([
  ['a shell', shell],
  ['a whole document', whole],
])('leaves %s alone for an editor in draft mode, and shows it again after', async (_name, record) => {
  await putRecord(record)
  const cookies = new Set(['shell-cache-draft'])
  const get = async (name: string): Promise<object | null> => (cookies.has(name) ? { name } : null)
  vi.stubGlobal('cookieStore', { get })
  expect((await visit()).text).toBe('network')
  expect((await visit({ mode: 'gated' }, { askForVerdict: () => expect.fail('it asks about the record') })).text).toBe(
    'network',
  )
  expect((await visit({}, GONE)).timing).toContain('shell')
  expect(asked).toEqual([])
  cookies.clear()
  expect((await visit()).text).not.toBe('network')
})

it.each([
  ['fails', () => Promise.reject(new TypeError('no cookies here'))],
  ['is silent', () => new Promise(() => {})],
])('shows the shell if the store of cookies %s', async (_name, get) => {
  await putRecord(shell)
  vi.stubGlobal('cookieStore', { get })
  const soon = { ...config, timeouts: { ...config.timeouts, store: 200 } }
  expect((await visit({}, {}, soon)).text).toBe(SPLICED)
})

it.each<[string, StoredRecord | undefined, Partial<Navigation>, boolean]>([
  ['nothing', undefined, {}, true],
  ['an expired record', { ...shell, ...old }, {}, true],
  ['an expired record, at a reload', { ...shell, ...old }, { isRepeat: true }, true],
  ['a record, at a reload', shell, { isRepeat: true }, false],
  ['a guarded record, at a reload', shell, { isRepeat: true, mode: 'gated' }, false],
  ['nothing, before a guard, at a reload', undefined, { isRepeat: true, mode: 'gated' }, true],
])('takes the network’s page with %s', async (_name, stored, change, asks) => {
  if (stored) await putRecord(stored)
  const askForVerdict = vi.fn<Network['askForVerdict']>()
  expect((await visit(change, { askForVerdict })).text).toBe('network')
  expect(asked).toEqual(asks ? [stored ? `build; have=${stored.digest}` : 'build'] : [])
  expect(askForVerdict).not.toHaveBeenCalled()
})

it('asks for no record behind an error page', async () => {
  const failed = await visit({}, { fetchPage: async () => new Response('failed', { status: 500 }) })
  expect([failed.text, failed.status, ...asked]).toEqual(['failed', 500])
})

it('takes the network’s page if the visitor has changed what is stored, and asks for it again', async () => {
  await putRecord({ ...shell, asOf: await currentSequence() })
  await markInvalidated(['changed'])
  expect((await visit()).text).toBe('network')
  expect(asked).toEqual([`build; have=${shell.digest}`])
})

it('asks a guard first', async () => {
  await putRecord(shell)
  const askForVerdict = vi.fn<Network['askForVerdict']>(async () => ({ kind: 'unanswered' }))
  expect((await visit({ mode: 'gated' }, { askForVerdict })).text).toBe('network')
  expect(askForVerdict).toHaveBeenCalledOnce()
})

it('gives a store that was too slow to save time another chance if there is no network', async () => {
  await putRecord(shell)
  vi.spyOn(await openDatabase(), 'transaction').mockImplementationOnce(() => {
    throw new DOMException('Connection to Indexed Database server lost', 'UnknownError')
  })
  const { text, timing } = await visit({}, GONE)
  expect(text).toBe('<html>/')
  expect(timing).toMatch(/^shell;desc="offline", shell-age;desc="\d+"$/)
})

it('looks no second time for what it has found', async () => {
  await putRecord({ ...shell, ...old })
  const begin = vi.spyOn(await openDatabase(), 'transaction')
  expect((await visit({}, GONE)).timing).toContain('shell-stale')
  expect(begin.mock.calls.filter(([, mode]) => mode === 'readonly')).toHaveLength(1)
})

it('lets the store have the time of a page that is on its way', async () => {
  const late = deferred<void>()
  const get = (key: unknown) => late.promise.then(() => (Array.isArray(key) ? shell : undefined))
  const transaction = { done: late.promise, objectStore: () => ({ get }) }
  vi.spyOn(await openDatabase(), 'transaction').mockImplementationOnce(() => transaction as never)
  const untilPage = (request: Request): Promise<unknown> => {
    if (request.url === 'https://shop.test/') late.resolve()
    return new Promise(() => {})
  }
  const impatient = { ...config, timeouts: { ...config.timeouts, store: 1 } }
  expect((await visit({}, { untilPage }, impatient)).text).toBe(SPLICED)
})

// Proves when the worker checks, in the background, what it answered Next's router: not while the router asks for more, and the next page
// even if the check of one page gets no answer. Also that a link may wait longer for the store than a page.

import 'fake-indexeddb/auto'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { compileRoutes } from '../../protocol/build/route-match.ts'
import { packSegments } from '../../protocol/record/pack-segments.ts'
import type { ShellRecord } from '../../protocol/record/record.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import { deleteAllRecords, putRecord } from '../store/records.ts'
import { resumingRecord, workerConfig } from '../util/test-worker.ts'
import type { routeSegment as RouteSegment } from './segments.ts'

const routes = [{ pattern: '/p/[slug]', mode: 'instant' }] as const
const config = workerConfig({ routes })
const table = compileRoutes(routes)

let questions: string[] = []
let background: Promise<unknown>[] = []
let routeSegment: typeof RouteSegment

beforeEach(async () => {
  ;[questions, background] = [[], []]
  vi.resetModules()
  ;({ routeSegment } = await import('./segments.ts'))
  await deleteAllRecords()
  vi.stubGlobal('fetch', async (asked: string | Request) => {
    questions.push(new URL(typeof asked === 'string' ? asked : asked.url).pathname)
    return new Response('network')
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function store(record: ShellRecord): Promise<void> {
  const segments = new Map([['/_tree', toUtf8(`tree of ${record.key}`)]])
  await putRecord({ ...record, receivedAt: Date.now(), asOf: 1000 }, { packed: packSegments(record.shell, segments) })
}

async function prefetched(path: string, given = config): Promise<string | undefined> {
  const headers = { rsc: '1', 'next-router-segment-prefetch': '/_tree' }
  const request = new Request(`https://shop.test${path}?_rsc=1abc`, { headers })
  const event = { request, waitUntil: (work: Promise<unknown>) => void background.push(work) }
  return (await routeSegment(event, new URL(request.url), given, table)?.())?.text()
}

/** Waits until everything is done that needs no timer: the store's turns, and a hash that takes longer than any of the worker's. */
async function settled(): Promise<void> {
  await crypto.subtle.digest('SHA-256', new Uint8Array(4_000_000))
  for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve))
}

it('asks nothing until the router has been quiet for a second', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] })
  await store(resumingRecord('/p/a'))
  await store(resumingRecord('/p/b'))
  expect(await prefetched('/p/a')).toBe('tree of /p/a')
  await settled()
  await vi.advanceTimersByTimeAsync(900)
  expect(await prefetched('/p/b')).toBe('tree of /p/b')
  await settled()
  await vi.advanceTimersByTimeAsync(900)
  expect(questions).toEqual([])
  await vi.advanceTimersByTimeAsync(100)
  await Promise.all(background)
  expect(questions).toEqual(['/p/a'])
})

it('asks for the next page though the question for one is never answered', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] })
  const late: AbortController[] = []
  vi.stubGlobal('AbortSignal', { timeout: () => late[late.push(new AbortController()) - 1]?.signal })
  vi.stubGlobal('fetch', (url: string, { signal }: RequestInit) => {
    questions.push(new URL(url).pathname)
    return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
  })
  for (const path of ['/p/a', '/p/b']) await store(resumingRecord(path))
  for (const path of ['/p/a', '/p/b']) expect(await prefetched(path)).toBe(`tree of ${path}`)
  await vi.advanceTimersByTimeAsync(1000)
  for (const [at, path] of ['/p/a', '/p/b'].entries()) {
    await vi.waitFor(() => expect(questions[at]).toBe(path))
    late[at]?.abort()
  }
  await Promise.all(background)
})

it('answers from a store that is slower than what a page is given', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const record = resumingRecord('/p/a')
  await store(record)
  const answered = prefetched('/p/a', { ...config, timeouts: { ...config.timeouts, store: 50 } })
  // Until the store's deadline is set.
  while (vi.getTimerCount() === 0) await Promise.resolve()
  vi.advanceTimersByTime(100)
  expect(await answered).toBe('tree of /p/a')
})

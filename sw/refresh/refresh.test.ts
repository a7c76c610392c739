// Proves the effect of each response to a request for a record: what is stored, under which key and as of when, what is deleted, and how
// often the origin is asked. freshness-model.test.ts tests the effect over many visits.

import 'fake-indexeddb/auto'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { encodeRecord } from '../../protocol/record/record-codec.ts'
import type { ResumingRecord } from '../../protocol/record/record.ts'
import type { StoredRecord } from '../../protocol/record/stored.ts'
import { formatVerdict, REFUSALS, type Verdict } from '../../protocol/verdict.ts'
import { deferred } from '../util/async.ts'
import { openDatabase } from '../store/database.ts'
import { currentSequence, markInvalidated } from '../store/marks.ts'
import { deleteAllRecords, putRecord, readRecord, readWhole } from '../store/records.ts'
import { storedDigests } from '../store/test-store.ts'
import { heard } from '../transport/switch.ts'
import { resumingRecord, staticRecord, workerConfig } from '../util/test-worker.ts'
import { refresh, type Sought } from './refresh.ts'

const NOW = 1_000_000_000
const config = workerConfig()
const origin = vi.fn<(request: Request) => Promise<Response>>()

beforeEach(async () => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date', 'setTimeout', 'clearTimeout', 'performance'] })
  vi.stubGlobal('fetch', (input: string, init?: RequestInit) => origin(new Request(input, init)))
  origin.mockReset()
  await deleteAllRecords()
})
afterEach(() => {
  heard(refuses('busy'))
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const request = (path = '/p/a') => new Request(`https://shop.test${path}`)
const stored = (record: ResumingRecord, asOf = 1000): StoredRecord => ({ ...record, receivedAt: 1, asOf })
const [mine, newer] = [resumingRecord('/p/a'), resumingRecord('/p/a', 'build', '<html>newer')]
const ofRoute = resumingRecord('/p/[slug]')
const KEYS = ['/p/a', '/p/[slug]'] as const
function says(verdict: Verdict, body: BodyInit | null = null): Response {
  return new Response(body, { headers: { 'shell-cache-verdict': formatVerdict(verdict) } })
}
const SEGMENTS = new Map([['/_tree', new TextEncoder().encode('tree')]])
const sends = (record: ResumingRecord, isStale = false): Response =>
  says({ kind: 'recorded', digest: record.digest, isStale }, encodeRecord(record, SEGMENTS))
const has = ({ digest }: ResumingRecord, isStale = false): Response => says({ kind: 'recorded', digest, isStale })
const refuses = (reason: (typeof REFUSALS)[number]): Response => says({ kind: 'refused', reason })
/** The pauses between the requests of one refresh. */
const PAUSES = [500, 1000, 2000]

/** Refreshes once. Resolves to what each request said that the worker has. */
async function ask(known: StoredRecord | undefined, ...answers: readonly Response[]): Promise<(string | null)[]> {
  for (const answer of answers) origin.mockResolvedValueOnce(answer)
  const sought: Sought = { keys: KEYS, known, mode: 'instant' }
  // The pauses take no time in the test, but the database needs real time between them.
  const wait = setTimeout
  vi.stubGlobal('setTimeout', (done: () => void, milliseconds: number) => {
    if (PAUSES.includes(milliseconds)) setImmediate(() => void vi.advanceTimersByTimeAsync(milliseconds))
    return wait(done, milliseconds)
  })
  await refresh(request(), sought, config).finally(() => vi.stubGlobal('setTimeout', wait))
  return origin.mock.calls.map(([{ headers }]) => headers.get('shell-cache-record'))
}

it('stores the record that comes, whole, as of now', async () => {
  const asOf = await currentSequence()
  expect(await ask(undefined, sends(newer))).toEqual(['build'])
  expect((await readRecord('build', KEYS))?.record).toEqual({ ...newer, receivedAt: NOW, asOf })
  expect((await readWhole('build', KEYS))?.segments).toEqual(SEGMENTS)
})

it('takes away what has the page’s digest and other bytes, and gets the page', async () => {
  const altered = { ...resumingRecord('/p/a', 'build', '<html><script>'), digest: newer.digest }
  await putRecord(stored(altered))
  const verdict = { kind: 'recorded', digest: newer.digest, isStale: false, shellHash: newer.shellHash } as const
  expect(await ask(stored(altered), says(verdict), sends(newer))).toEqual([`build; have=${newer.digest}`, 'build'])
  expect((await readRecord('build', KEYS))?.record.shell).toEqual(newer.shell)
})

it('stores by its own clock when the server made what comes', async () => {
  const answer = sends({ ...newer, madeAt: 1000 })
  answer.headers.set('date', new Date(61_000).toUTCString())
  await ask(undefined, answer)
  expect((await readRecord('build', KEYS))?.record.madeAt).toBe(NOW - 60_000)
})

it.each([
  ['leaves a renewed shell the end that its seal says', mine, 1],
  ['counts a renewed whole document from now', staticRecord('/p/a'), NOW],
])('%s', async (_name, record, madeAt) => {
  const old = { ...record, madeAt: 1, receivedAt: 1, asOf: 1000 }
  await putRecord(old)
  await ask(old, says({ kind: 'recorded', digest: record.digest, isStale: false }))
  expect((await readRecord('build', KEYS))?.record).toMatchObject({ receivedAt: NOW, madeAt })
})

it('stores what it was asked for under the path that was asked for, or under its route', async () => {
  await ask(undefined, sends(resumingRecord('/rewritten/a')))
  expect([...(await storedDigests('build')).keys()]).toEqual(['/p/a'])
  await ask(undefined, sends(ofRoute))
  expect([...(await storedDigests('build')).keys()]).toEqual(['/p/[slug]', '/p/a'])
})

it('takes the path’s own record away if its route’s comes instead', async () => {
  await putRecord(stored(mine))
  await ask(stored(mine), sends(ofRoute))
  expect([...(await storedDigests('build')).keys()]).toEqual(['/p/[slug]'])
})

it('keeps within the budget', async () => {
  await putRecord(stored(resumingRecord('/other')))
  origin.mockResolvedValueOnce(sends(newer))
  const small = { ...config, budget: { ...config.budget, records: 1 } }
  await refresh(request(), { keys: KEYS, known: undefined, mode: 'instant' }, small)
  expect([...(await storedDigests('build')).keys()]).toEqual(['/p/a'])
})

it('renews what the origin has still, and needs no bytes for that', async () => {
  await putRecord(stored(mine))
  await markInvalidated('everything')
  const asOf = await currentSequence()
  expect(await ask(stored(mine), has(mine))).toEqual([`build; have=${mine.digest}`])
  expect((await readRecord('build', KEYS))?.record).toEqual({ ...mine, receivedAt: NOW, asOf })
})

it('invalidates what changes while the answer is on its way', async () => {
  const answer = deferred<Response>()
  const asked = deferred<void>()
  origin.mockImplementationOnce(() => {
    asked.resolve()
    return answer.promise
  })
  const asking = refresh(request(), { keys: KEYS, known: undefined, mode: 'instant' }, config)
  await asked.promise
  await markInvalidated('everything')
  answer.resolve(sends(newer))
  await asking
  expect((await readRecord('build', KEYS))?.isInvalidated).toBe(true)
})

it('asks again for what is made behind a stale page, a few times, each later than the last', async () => {
  const times: number[] = []
  origin.mockImplementation(async () => {
    times.push(Date.now() - NOW)
    return times.length === 1 ? sends(newer, true) : has(newer, true)
  })
  expect(await ask(stored(mine))).toEqual([
    `build; have=${mine.digest}`,
    ...Array.from({ length: 3 }, () => `build; have=${newer.digest}`),
  ])
  expect(times).toEqual([0, 500, 1500, 3500])
})

it.each([
  ['comes', () => sends(newer, true)],
  ['is here already', () => has(mine, true)],
])('keeps a stale page that %s invalidated until a fresh one is there', async (_how, stale) => {
  await putRecord(stored(mine))
  await ask(stored(mine), ...Array.from({ length: 4 }, stale))
  const found = await readRecord('build', KEYS)
  expect(found?.isInvalidated).toBe(true)
  await ask(found?.record, stale(), sends(resumingRecord('/p/a', 'build', '<html>newest')))
  expect((await readRecord('build', KEYS))?.isInvalidated).toBe(false)
})

it('asks no more once the page is not stale any longer', async () => {
  expect(await ask(stored(mine), has(mine, true), sends(newer))).toHaveLength(2)
  expect((await storedDigests('build')).get('/p/a')).toBe(newer.digest)
})

it.each(REFUSALS)(
  'deletes the path’s own record after a refusal for %s only if there is none for this visitor',
  async (reason) => {
    await putRecord(stored(mine))
    await putRecord(stored(ofRoute))
    expect(await ask(stored(mine), refuses(reason), sends(newer))).toHaveLength(1)
    const isGone = ['route', 'absent', 'bypass', 'size'].includes(reason)
    expect([...(await storedDigests('build')).keys()]).toEqual(isGone ? ['/p/[slug]'] : ['/p/[slug]', '/p/a'])
  },
)

it.each(['route', 'absent', 'bypass'] as const)(
  'says nothing of a route’s other paths after a refusal for %s',
  async (reason) => {
    await putRecord(stored(ofRoute))
    await ask(stored(ofRoute), refuses(reason))
    expect((await storedDigests('build')).has('/p/[slug]')).toBe(true)
  },
)

it('has one question under way for a path, and asks anew after it', async () => {
  const answer = deferred<Response>()
  origin.mockImplementation(() => answer.promise)
  const sought: Sought = { keys: KEYS, known: undefined, mode: 'instant' }
  const [first, second] = [refresh(request(), sought, config), refresh(request('/p/a?sort=price'), sought, config)]
  const other = refresh(request('/p/b'), { keys: ['/p/b'], known: undefined, mode: 'instant' }, config)
  answer.resolve(refuses('busy'))
  await Promise.all([first, second, other])
  expect(second).toBe(first)
  expect(origin.mock.calls.map(([{ url }]) => new URL(url).pathname)).toEqual(['/p/a', '/p/b'])
  await refresh(request(), sought, config)
  expect(origin).toHaveBeenCalledTimes(3)
})

it('does not fail, and keeps what is stored, if no answer comes, or a foreign one, or no database', async () => {
  await putRecord(stored(mine))
  origin.mockRejectedValueOnce(new TypeError('no network'))
  expect(await ask(stored(mine))).toHaveLength(1)
  await ask(stored(mine), says({ kind: 'recorded', digest: newer.digest, isStale: false }, encodeRecord(mine)))
  expect((await storedDigests('build')).get('/p/a')).toBe(mine.digest)
  vi.spyOn(await openDatabase(), 'transaction').mockImplementation(() => {
    throw new DOMException('Connection to Indexed Database server lost', 'UnknownError')
  })
  await expect(ask(stored(mine), sends(newer))).resolves.toHaveLength(2)
})

it.each(['prefix', 'next-resume'] as const)(
  'asks no one if the build says that no one is there: %s',
  async (transport) => {
    await refresh(request(), { keys: KEYS, known: undefined, mode: 'instant' }, workerConfig({ transport }))
    expect(origin).not.toHaveBeenCalled()
  },
)

// The last test of this file: the pause holds as long as the worker lives.
it.each([
  ['a restart', () => new Response('bad gateway', { status: 502 })],
  ['a limit', () => new Response(null, { status: 429 })],
  ['a sign-in page', () => Response.redirect('https://sign-in.test/')],
  ['a host without our origin', () => new Response('a CDN')],
])('asks again after a pause, which doubles, if somebody else answers: %s', async (_name, other) => {
  const asked = async (answer: Response): Promise<number> => {
    origin.mockReset()
    return (await ask(stored(mine), answer)).length
  }
  await putRecord(stored(mine))
  expect(await asked(other())).toBe(1)
  expect(await asked(sends(newer))).toBe(0)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await asked(other())).toBe(1)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await asked(sends(newer))).toBe(0)
  expect((await storedDigests('build')).get('/p/a')).toBe(mine.digest)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await asked(sends(newer))).toBe(1)
  expect((await storedDigests('build')).get('/p/a')).toBe(newer.digest)
})

// Proves what Next's router gets from the store although the network is available: nothing that a visit would not show, and nothing twice
// that somebody else has changed. Longer sequences are in freshness-model.test.ts.

import 'fake-indexeddb/auto'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

/** Checks start immediately here. That they wait is in quiet-router.test.ts. */
vi.mock('../util/timeouts.ts', async (original) => ({ ...(await original<typeof Timeouts>()), QUIET_MS: 0 }))

import { compileRoutes } from '../../protocol/build/route-match.ts'
import { encodeRecord } from '../../protocol/record/record-codec.ts'
import { packSegments } from '../../protocol/record/pack-segments.ts'
import type { ShellRecord } from '../../protocol/record/record.ts'
import type { StoredRecord } from '../../protocol/record/stored.ts'
import { segmentsInput } from '../../protocol/record/segments.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import { formatVerdict } from '../../protocol/verdict.ts'
import { currentSequence, markInvalidated } from '../store/marks.ts'
import { deleteAllRecords, putRecord, readWhole } from '../store/records.ts'
import { hashOf } from '../util/record.ts'
import type * as Timeouts from '../util/timeouts.ts'
import type { routeSegment as RouteSegment } from './segments.ts'
import { resumingRecord, staticRecord, workerConfig } from '../util/test-worker.ts'

const routes = [
  { pattern: '/p/[slug]', mode: 'instant' },
  { pattern: '/about', mode: 'instant' },
  { pattern: '/[[...elsewhere]]', mode: 'instant' },
] as const
const config = workerConfig({ routes })
const table = compileRoutes(routes)
const ofPage = (tree: string) =>
  new Map([
    ['/_tree', toUtf8(tree)],
    ['/_full', toUtf8('whole')],
  ])

/** What the origin was asked, by POST, and the router's own requests. */
let questions: string[] = []
let passed: string[] = []
let background: Promise<unknown>[] = []
let routeSegment: typeof RouteSegment

beforeEach(async () => {
  ;[questions, passed, background] = [[], [], []]
  vi.resetModules()
  ;({ routeSegment } = await import('./segments.ts'))
  await deleteAllRecords()
  vi.stubGlobal('fetch', async (input: RequestInfo, init?: RequestInit) => {
    const request = new Request(input, init)
    const question = request.headers.get('shell-cache-record')
    if (question === null) {
      passed.push(request.url)
      return new Response('network')
    }
    questions.push(`${new URL(request.url).pathname} ${question}`)
    return answerTo(question)
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

let answerTo = (question: string): Response => says(question.slice('build; have='.length, 'build; have='.length + 43))
function says(digest: string, frame: BodyInit | null = null, isStale = false): Response {
  const verdict = formatVerdict({ kind: 'recorded', digest: digest as ShellRecord['digest'], isStale })
  return new Response(frame, { headers: { 'shell-cache-verdict': verdict } })
}

async function store(record: ShellRecord, more: Partial<StoredRecord> = {}, tree = `tree of ${record.key}`) {
  await putRecord({ ...record, receivedAt: Date.now(), asOf: 1000, ...more } as StoredRecord, {
    packed: packSegments(record.shell, ofPage(tree)),
  })
}

const prefetch = { rsc: '1', 'next-router-segment-prefetch': '/_tree' }

/** The router's answer. */
async function prefetched(path: string, headers: object = prefetch, given = config): Promise<string | undefined> {
  const request = new Request(`https://shop.test${path}?_rsc=1abc`, { headers: { ...headers } })
  const event = { request, waitUntil: (work: Promise<unknown>) => void background.push(work) }
  return (await routeSegment(event, new URL(request.url), given, table)?.())?.text()
}

/** The same, after all background work has ended. */
async function ask(path: string, headers: object = prefetch, given = config): Promise<string | undefined> {
  const text = await prefetched(path, headers, given)
  await Promise.all(background)
  return text
}

it('answers from the record, and asks behind it whether the page has it still, segments and all', async () => {
  const record = resumingRecord('/p/a')
  await store(record)
  expect(await ask('/p/a')).toBe('tree of /p/a')
  const hash = await hashOf(segmentsInput(ofPage('tree of /p/a')))
  expect(questions).toEqual([`/p/a build; have=${record.digest}; segments=${hash}`])
  expect(passed).toEqual([])
})

it('asks once a minute for a page, and as often as it is revalidated where that is sooner', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  await store(resumingRecord('/p/a'))
  await store({ ...resumingRecord('/about'), lifetime: { revalidate: 10, expire: undefined } })
  const asked = async (): Promise<number> => {
    for (const path of ['/p/a', '/p/a', '/about', '/about']) await ask(path)
    return questions.splice(0).length
  }
  expect(await asked()).toBe(2)
  expect(await asked()).toBe(0)
  vi.advanceTimersByTime(11_000)
  expect(await asked()).toBe(1)
  vi.advanceTimersByTime(60_000)
  expect(await asked()).toBe(2)
})

it('asks for one page after the other, and holds no answer up for it', async () => {
  const open: (() => void)[] = []
  answerTo = () => expect.fail()
  vi.stubGlobal('fetch', (url: string) => {
    questions.push(new URL(url).pathname)
    return new Promise<Response>((resolve) => open.push(() => resolve(says(resumingRecord('/p/a').digest))))
  })
  const paths = ['/p/a', '/p/b', '/p/c']
  for (const path of paths) await store(resumingRecord(path))
  expect(await Promise.all(paths.map((path) => prefetched(path)))).toEqual(paths.map((path) => `tree of ${path}`))
  for (const count of [1, 2, 3]) {
    await vi.waitFor(() => expect(open).toHaveLength(count))
    expect(questions).toHaveLength(count)
    open.at(-1)?.()
  }
  await Promise.all(background)
})

it('shows once more what somebody else has changed, and then what the origin has', async () => {
  await store(resumingRecord('/p/a'))
  const newer = resumingRecord('/p/a', 'build', '<html>newer')
  answerTo = () => says(newer.digest, encodeRecord(newer, ofPage('newer')))
  expect(await ask('/p/a')).toBe('tree of /p/a')
  expect(await ask('/p/a')).toBe('newer')
})

it('replaces segments that some script has altered, whatever their record’s digest is', async () => {
  const record = resumingRecord('/p/a')
  await store(record, {}, 'altered')
  answerTo = () => says(record.digest, encodeRecord(record, ofPage('the page’s')))
  expect(await ask('/p/a')).toBe('altered')
  const stored = await readWhole('build', ['/p/a'])
  expect(stored?.segments.get('/_tree')).toEqual(toUtf8('the page’s'))
})

it('asks on by the segments that have come, where Next is still making a newer page', async () => {
  const record = resumingRecord('/p/a')
  await store(record, {}, 'altered')
  const frame = encodeRecord(record, ofPage('the page’s'))
  answerTo = () => says(record.digest, questions.length === 1 ? frame : null, questions.length === 1)
  await ask('/p/a')
  const hashes = questions.map((question) => question.split('segments=')[1])
  const known = ['altered', 'the page’s'].map((tree) => hashOf(segmentsInput(ofPage(tree))))
  expect(hashes).toEqual(await Promise.all(known))
})

it.each<[string, () => Promise<void>, Partial<typeof config>?]>([
  [
    'of which the visitor has changed something',
    async () => {
      await store(resumingRecord('/p/a'), { asOf: await currentSequence() })
      await markInvalidated('everything')
    },
  ],
  [
    'past its expiry',
    () => store({ ...resumingRecord('/p/a'), lifetime: { revalidate: 1, expire: 2 } }, { receivedAt: 0, madeAt: 0 }),
  ],
  ['that did not begin with its shell', () => store(resumingRecord('/p/a'), { unfitFor: [] }).then(noteMisfitOf)],
  ['that has its route’s shell alone', () => store(resumingRecord('/p/[slug]'))],
  [
    'of a visitor in draft mode',
    async () => {
      await store(resumingRecord('/p/a'))
      vi.stubGlobal('cookieStore', { get: async () => ({}) })
    },
  ],
  ['where no origin of ours answers', () => store(resumingRecord('/p/a')), { transport: 'prefix' }],
])('leaves to the network a page %s', async (_name, arrange, given) => {
  await arrange()
  expect(await ask('/p/a', prefetch, { ...config, ...given })).toBe('network')
  expect(questions).toEqual([])
})

async function noteMisfitOf(): Promise<void> {
  const { noteMisfit } = await import('../response/misfits.ts')
  await noteMisfit('/p/a', resumingRecord('/p/a'))
}

it('leaves to the network what a route of the app can intercept: its router gets what goes with where it comes from', async () => {
  const record = { ...resumingRecord('/p/a'), receivedAt: Date.now(), asOf: 1000 }
  await putRecord(record, { packed: packSegments(record.shell, new Map([['/_full', toUtf8('whole')]])) })
  expect(await ask('/p/a', { ...prefetch, 'next-router-segment-prefetch': '/_full' })).toBe('network')
})

it('leaves a rewritten address to the network, which says where it leads', async () => {
  await store(resumingRecord('/alias'))
  expect(await ask('/alias')).toBe('network')
})

it('answers what is rendered before a click where the page has no holes, and leaves the others to the network', async () => {
  await store(staticRecord('/p/a'))
  await store(resumingRecord('/p/b'))
  const rendered = { rsc: '1', 'next-router-prefetch': '2' }
  expect(await ask('/p/a', rendered)).toBe('#whole')
  expect(await ask('/p/b', rendered)).toBe('network')
  expect(await ask('/p/a', { rsc: '1', 'next-router-prefetch': '3' })).toBe('network')
})

it('leaves pages to the network once another build has answered', async () => {
  await store(resumingRecord('/p/a'))
  await store(resumingRecord('/p/b'))
  answerTo = () =>
    new Response(null, { headers: { 'shell-cache-verdict': formatVerdict({ kind: 'refused', reason: 'build' }) } })
  expect(await ask('/p/a')).toBe('tree of /p/a')
  expect(await ask('/p/b')).toBe('network')
})

it('leaves pages to the network for a while once an answer was not our origin’s', async () => {
  await store(resumingRecord('/p/a'))
  await store(resumingRecord('/p/b'))
  answerTo = () => new Response('Bad gateway', { status: 502 })
  expect(await ask('/p/a')).toBe('tree of /p/a')
  expect(await ask('/p/b')).toBe('network')
})

// Proves what is kept of a page as the visitor saw it, and when it is shown. That a page opens whole: e2e/specs/no-network/copies.spec.ts.

import 'fake-indexeddb/auto'

import { beforeEach, expect, it, vi } from 'vitest'

import { formatBootScript } from '../../protocol/flight/bootstrap-script.ts'
import type { Ending } from '../../protocol/page/messages.ts'
import type { ResumingRecord } from '../../protocol/record/record.ts'
import type { StoredRecord } from '../../protocol/record/stored.ts'
import { fromUtf8, toUtf8 } from '../../protocol/utf8.ts'
import { BOOTSTRAP } from '../early-start/test-rest.ts'
import type { Copies } from '../navigation/context.ts'
import { currentSequence, markInvalidated } from '../store/marks.ts'
import { deleteAllRecords, putRecord, readRecord, readUses } from '../store/records.ts'
import { storedPages } from '../store/test-store.ts'
import { resumingRecord, workerConfig } from '../util/test-worker.ts'
import { COPY_MS, keepCopies } from './copies.ts'

const KEY = '/p/[slug]'
const URL_OF_PAGE = 'https://shop.test/p/a'
const PAGE = new Request(URL_OF_PAGE)
const record: StoredRecord & ResumingRecord = {
  ...resumingRecord(KEY),
  bootScript: formatBootScript('/start.js', BOOTSTRAP),
  receivedAt: 1,
  asOf: 1e6,
}
const config = workerConfig({ offlineCopies: [KEY] })
const REST = '<b>Ada</b></body></html>'

beforeEach(async () => {
  vi.restoreAllMocks()
  await deleteAllRecords()
  await putRecord(record)
})

type Listener = (event: Pick<FetchEvent, 'request' | 'waitUntil'>) => void
const heard: Listener[] = []
const scope = {
  addEventListener: (_type: string, listener: Listener) => void heard.push(listener),
} as unknown as ServiceWorkerGlobalScope

/** The copies of a new worker. */
function copies(given = config): Copies {
  const kept = keepCopies(scope, given)
  if (!kept) throw new Error('no route is named')
  return kept
}

async function visit(
  ending: Ending = 'complete',
  { url = URL_OF_PAGE, rest = REST, given = record }: { url?: string; rest?: string; given?: StoredRecord } = {},
): Promise<void> {
  const start = copies()(given, new Request(url))?.keep(undefined)
  start?.hear?.(toUtf8(rest.slice(0, 5)))
  start?.hear?.(toUtf8(rest.slice(5)))
  await start?.settle(ending)
}

async function read(url = URL_OF_PAGE, given: StoredRecord = record): Promise<string | undefined> {
  const bytes = await copies()(given, new Request(url))?.read()
  return bytes && fromUtf8(bytes)
}

it('gives back what followed the shell, behind what says how old it is', async () => {
  const now = vi.spyOn(Date, 'now').mockReturnValue(1e12)
  await visit()
  now.mockReturnValue(1e12 + 90_000)
  const text = (await read()) ?? ''
  expect(text).toMatch(/^<script src="\/start\.js" data-bootstrap="[^"]*" data-shell="[^"]*" data-copy="90"><\/script>/)
  expect(text.replace(/^.*?<\/script>/, '')).toBe(REST)
  expect(await read(`${URL_OF_PAGE}#part`)).toBe(text)
})

it('stands in the place of a network that does not answer, if there is one', async () => {
  const at = (url: string) => copies()(record, new Request(url))?.rest()
  expect(await at(URL_OF_PAGE)).toEqual({ kind: 'unreachable' })
  await visit()
  const rest = await at(URL_OF_PAGE)
  expect(rest?.kind).toBe('copied')
  const chunk = rest?.kind === 'copied' ? await rest.body.read() : undefined
  expect(fromUtf8(chunk?.value ?? new Uint8Array(0))).toBe(await read())
})

it.each<Ending>(['abandoned', 'recovery', 'stranded', 'offline', 'outdated', 'unfit'])(
  'keeps nothing of a page that was %s',
  async (ending) => {
    await visit(ending)
    expect(await storedPages()).toEqual([])
  },
)

it('keeps nothing of a rest over a megabyte, and what was kept before', async () => {
  await visit()
  await visit('complete', { rest: 'x'.repeat(1024 * 1024 + 1) })
  expect(await read()).toContain(REST)
})

it('keeps the last visit', async () => {
  await visit()
  await visit('complete', { rest: '<b>Bob</b></body></html>' })
  expect(await read()).toContain('Bob')
  expect(await storedPages()).toHaveLength(1)
})

it('is of one URL and one record', async () => {
  await visit()
  for (const url of [`${URL_OF_PAGE}?q=1`, 'https://shop.test/p/b']) expect(await read(url)).toBeUndefined()
  const newer = { ...record, digest: resumingRecord(KEY, 'build', 'newer').digest }
  expect(await read(URL_OF_PAGE, newer)).toBeUndefined()
  await putRecord(newer)
  expect(await storedPages()).toEqual([])
})

it('has nothing of its page in what is stored', async () => {
  await visit()
  const [row] = await storedPages()
  expect(row?.page.kept).toBeInstanceOf(Uint8Array)
  expect(String.fromCodePoint(...new Uint8Array(row?.page.kept as Uint8Array))).not.toContain('Ada')
})

it('is of routes that are named, and of shells that can say that they are copies', async () => {
  expect(keepCopies(scope, workerConfig())).toBeUndefined()
  expect(copies()({ ...record, route: '/other' }, PAGE)).toBeUndefined()
  expect(copies()({ ...record, bootScript: undefined }, PAGE)).toBeUndefined()
})

it('goes when this browser has heard of a change on the server', async () => {
  await visit()
  await markInvalidated(['cart'])
  expect(await read()).toBeUndefined()
  expect(await storedPages()).toEqual([])
})

it('goes when this browser asks for what may log its visitor out, and no shell goes', async () => {
  vi.stubGlobal('location', new URL('https://shop.test/sw.js'))
  for (const [path, isThere] of [
    ['/about', true],
    ['/logout', false],
  ] as const) {
    await visit()
    heard.length = 0
    const worker = copies()
    const background: Promise<unknown>[] = []
    const waitUntil = (work: Promise<unknown>): void => void background.push(work)
    const request = new Request(`https://shop.test${path}`)
    for (const listener of heard) listener({ request, waitUntil })
    const copy = await worker(record, PAGE)?.read()
    await Promise.all(background)
    expect(copy !== undefined, path).toBe(isThere)
    expect(await readRecord('build', [KEY])).toMatchObject({ isInvalidated: false })
  }
  vi.unstubAllGlobals()
})

it('is not kept as new if the change came while the page did', async () => {
  const start = copies()(record, PAGE)?.keep(undefined)
  await currentSequence()
  await markInvalidated(['cart'])
  start?.hear?.(toUtf8(REST))
  await start?.settle('complete')
  expect(await read()).toBeUndefined()
})

it('goes after a day when it is looked for, also by a clock that was set back', async () => {
  // A worker that has already looked for expired copies, and keeps running.
  const worker = copies()
  for (const moment of [COPY_MS, -1]) {
    const now = vi.spyOn(Date, 'now').mockReturnValue(1e12)
    const start = worker(record, PAGE)?.keep(undefined)
    start?.hear?.(toUtf8(REST))
    await start?.settle('complete')
    expect(await storedPages()).toHaveLength(1)
    now.mockReturnValue(1e12 + moment)
    expect(await worker(record, PAGE)?.read()).toBeUndefined()
    expect(await storedPages()).toEqual([])
  }
})

it('goes after a day whatever page is visited', async () => {
  const now = vi.spyOn(Date, 'now').mockReturnValue(1e12)
  await visit()
  now.mockReturnValue(1e12 + COPY_MS)
  copies()({ ...record, route: '/other' }, new Request('https://shop.test/other'))
  await vi.waitFor(async () => expect(await storedPages()).toEqual([]))
  expect((await readUses())[0]?.pages).toEqual([])
})

it('is lost alone if there is no room for it', async () => {
  await visit()
  // oxlint-disable-next-line typescript/unbound-method -- called with its receiver, below
  const begin = IDBDatabase.prototype.transaction
  const full = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
    this: IDBDatabase,
    names,
    mode,
  ) {
    const transaction: IDBTransaction = Reflect.apply(begin, this, [names, mode])
    if (mode === 'readwrite') queueMicrotask(() => transaction.abort())
    return transaction
  })
  await expect(visit('complete', { rest: '<b>Bob</b></body></html>' })).resolves.toBeUndefined()
  expect(full).toHaveBeenCalledWith(expect.anything(), 'readwrite')
  full.mockRestore()
  expect(await read()).toContain('Ada')
})

it('is lost whole if the quota is exceeded in the middle of it, and the copy before it stays', async () => {
  await visit()
  // oxlint-disable-next-line typescript/unbound-method -- called with its receiver, below
  const { put } = IDBObjectStore.prototype
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
    // By then the row that says how large the copy is has been written.
    const putting: IDBRequest<IDBValidKey> = Reflect.apply(put, this, given)
    // Then a browser aborts the whole transaction.
    if (this.name === 'pages') this.transaction.abort()
    return putting
  })
  await expect(visit('complete', { rest: '<b>Bob</b></body></html>' })).resolves.toBeUndefined()
  expect(full.mock.contexts.map((store) => (store as IDBObjectStore).name)).toEqual(
    expect.arrayContaining(['uses', 'pages']),
  )
  full.mockRestore()
  expect(await read()).toContain('Ada')
  expect((await readUses())[0]?.pages).toHaveLength(1)
})

it('begins as early as the page does without it, and lets it learn', async () => {
  const heard: string[] = []
  const early = { bootstrap: '', stage: toUtf8('stage'), runTag: '' }
  const whenFits = vi.fn<() => void>()
  const settle = vi.fn<(ending: Ending) => Promise<void>>(() => Promise.resolve())
  const start = copies()(record, PAGE)?.keep({
    early,
    whenFits,
    settle,
    hear: (chunk) => heard.push(fromUtf8(chunk)),
  })
  start?.hear?.(toUtf8(REST))
  start?.whenFits()
  await start?.settle('complete')
  expect(start?.early).toBe(early)
  expect([heard, whenFits.mock.calls.length, settle.mock.calls]).toEqual([[REST], 1, [['complete']]])
})

// Proves what is kept of a page as it was seen, and when it is shown. That a page opens whole by it: e2e/specs/no-network/copies.spec.ts.

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
import { deleteAllRecords, putRecord, readUses } from '../store/records.ts'
import { storedPages } from '../store/test-store.ts'
import { resumingRecord, workerConfig } from '../util/test-worker.ts'
import { COPY_MS, keepCopies } from './copies.ts'

const KEY = '/p/[slug]'
const URL_OF_PAGE = 'https://shop.test/p/a'
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

/** A worker of its own. */
function copies(given = config): Copies {
  const kept = keepCopies(given)
  if (!kept) throw new Error('no route is named')
  return kept
}

async function visit(
  ending: Ending = 'complete',
  { url = URL_OF_PAGE, rest = REST, given = record }: { url?: string; rest?: string; given?: StoredRecord } = {},
): Promise<void> {
  const start = copies()(given, url)?.keep(undefined)
  start?.hear?.(toUtf8(rest.slice(0, 5)))
  start?.hear?.(toUtf8(rest.slice(5)))
  await start?.settle(ending)
}

async function read(url = URL_OF_PAGE, given: StoredRecord = record): Promise<string | undefined> {
  const bytes = await copies()(given, url)?.read()
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
  const at = (url: string) => copies()(record, url)?.rest()
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
  expect(keepCopies(workerConfig())).toBeUndefined()
  expect(copies()({ ...record, route: '/other' }, URL_OF_PAGE)).toBeUndefined()
  expect(copies()({ ...record, bootScript: undefined }, URL_OF_PAGE)).toBeUndefined()
})

it('goes when this browser has heard of a change on the server', async () => {
  await visit()
  await markInvalidated(['cart'])
  expect(await read()).toBeUndefined()
  expect(await storedPages()).toEqual([])
})

it('is not kept as new if the change came while the page did', async () => {
  const start = copies()(record, URL_OF_PAGE)?.keep(undefined)
  await currentSequence()
  await markInvalidated(['cart'])
  start?.hear?.(toUtf8(REST))
  await start?.settle('complete')
  expect(await read()).toBeUndefined()
})

it('goes after a day when it is looked for, also by a clock that was set back', async () => {
  // One that has looked for what has expired already, and runs on.
  const worker = copies()
  for (const moment of [COPY_MS, -1]) {
    const now = vi.spyOn(Date, 'now').mockReturnValue(1e12)
    const start = worker(record, URL_OF_PAGE)?.keep(undefined)
    start?.hear?.(toUtf8(REST))
    await start?.settle('complete')
    expect(await storedPages()).toHaveLength(1)
    now.mockReturnValue(1e12 + moment)
    expect(await worker(record, URL_OF_PAGE)?.read()).toBeUndefined()
    expect(await storedPages()).toEqual([])
  }
})

it('goes after a day whatever page is visited', async () => {
  const now = vi.spyOn(Date, 'now').mockReturnValue(1e12)
  await visit()
  now.mockReturnValue(1e12 + COPY_MS)
  copies()({ ...record, route: '/other' }, 'https://shop.test/other')
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

it('begins as early as the page does without it, and lets it learn', async () => {
  const heard: string[] = []
  const early = { bootstrap: '', stage: toUtf8('stage') }
  const whenFits = vi.fn<() => void>()
  const settle = vi.fn<(ending: Ending) => Promise<void>>(() => Promise.resolve())
  const start = copies()(record, URL_OF_PAGE)?.keep({
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

// Proves that what was learned of a page belongs to the stored record, never takes more than its share of room, and is written without
// rewriting the record.

import 'fake-indexeddb/auto'

import fc from 'fast-check'
import { beforeEach, expect, it, vi } from 'vitest'

import { resumingRecord, workerConfig } from '../util/test-worker.ts'
import { keepWithin, noteUse } from './budget.ts'
import { addressOf } from '../util/address.ts'
import { putPage } from './pages.ts'
import {
  deleteAllRecords,
  deleteOtherBuilds,
  deleteRecord,
  putRecord,
  readRecord,
  readUses,
  renewRecord,
} from './records.ts'
import type { StoredPage } from '../../protocol/record/stored.ts'
import { storedPages } from './test-store.ts'
import { writing } from './transaction.ts'

const KEY = '/p/[slug]'
const shell = { ...resumingRecord(KEY), receivedAt: 1, asOf: 1e6 }
const newer = { ...shell, ...resumingRecord(KEY, 'build', '<html>newer'), asOf: 2e6 }
const bytes = (...of: number[]): Uint8Array<ArrayBuffer> => new Uint8Array(of)
const at = (slug: string): number => addressOf(`https://shop.test/p/${slug}`)

const stageAt = async (slug: string): Promise<StoredPage['kept'] | undefined> =>
  (await readRecord('build', [`/p/${slug}`, KEY], at(slug)))?.page?.kept

beforeEach(() => deleteAllRecords())

it('is known of each path of a route’s shell at the same time', async () => {
  await putRecord(shell)
  await putPage(shell, at('a'), bytes(1))
  await putPage(shell, at('b'), bytes(2))
  expect(await Promise.all(['a', 'b', 'c'].map(stageAt))).toEqual([bytes(1), bytes(2), undefined])
  await putPage(shell, at('a'), undefined)
  expect(await Promise.all(['a', 'b'].map(stageAt))).toEqual([undefined, bytes(2)])
})

it('writes no record anew', async () => {
  await putRecord(shell)
  const put = vi.spyOn(IDBObjectStore.prototype, 'put')
  await putPage(shell, at('a'), bytes(1))
  await noteUse(shell, 1e6)
  expect(put.mock.contexts.map((table) => (table as IDBObjectStore).name)).toEqual(['uses', 'pages', 'uses'])
  put.mockRestore()
})

it('is found at its URL whatever the fragment, and at no other', () => {
  expect(addressOf('https://shop.test/p/a#part')).toBe(at('a'))
  expect(addressOf('https://shop.test/p/a?q=1')).not.toBe(at('a'))
})

it.each<[string, () => Promise<unknown>]>([
  ['another one in its place', () => putRecord(newer)],
  ['its end', () => deleteRecord(shell)],
  ['the end of its build', () => deleteOtherBuilds('other')],
  ['a purge', () => deleteAllRecords()],
  ['a budget without room for it', () => keepWithin(workerConfig({ budget: { records: 0, bytes: 0, images: 0 } }))],
])('goes with its record: %s', async (_what, end) => {
  await putRecord(shell)
  await putPage(shell, at('a'), bytes(1))
  expect(await storedPages()).toHaveLength(1)
  await end()
  expect(await storedPages()).toEqual([])
})

it('stays with its record if that is renewed or stored once more', async () => {
  await putRecord(shell)
  await putPage(shell, at('a'), bytes(1))
  await renewRecord({ ...shell, asOf: 2e6 })
  await putRecord(shell)
  expect(await stageAt('a')).toEqual(bytes(1))
})

it('is not put beside another record that has come meanwhile', async () => {
  await putRecord(newer)
  await putPage(shell, at('a'), bytes(1))
  expect(await storedPages()).toEqual([])
})

it('is not read if it is of another record, however it got there', async () => {
  await putRecord(shell)
  await putPage(shell, at('a'), bytes(1))
  const found = await readRecord('build', [KEY], at('a'))
  expect(found?.page).toEqual({ digest: shell.digest, kept: bytes(1) })
  const other: StoredPage = { digest: newer.digest, kept: bytes(1) }
  await writing(async ({ pages }) => void (await pages.put(other, ['build', KEY, at('a')])))
  expect((await readRecord('build', [KEY], at('a')))?.page).toBeUndefined()
})

it('is kept of the twenty pages of a record that it was learned of last', async () => {
  await putRecord(shell)
  for (let slug = 1; slug <= 20; slug++) await putPage(shell, at(String(slug)), bytes(slug))
  await putPage(shell, at('1'), bytes(1))
  await putPage(shell, at('21'), bytes(21))
  expect(await storedPages()).toHaveLength(20)
  expect(await Promise.all(['1', '2', '21'].map(stageAt))).toEqual([bytes(1), undefined, bytes(21)])
})

it('is learned of no page of a record two of whose pages did not fit', async () => {
  await putRecord(shell)
  await putPage(shell, at('a'), 'unfit')
  await putPage(shell, at('b'), bytes(2))
  expect(await Promise.all(['a', 'b'].map(stageAt))).toEqual(['unfit', bytes(2)])
  await putPage(shell, at('c'), 'unfit')
  await putPage(shell, at('d'), bytes(4))
  expect(await Promise.all(['a', 'b', 'c', 'd'].map(stageAt))).toEqual(['unfit', undefined, 'unfit', undefined])
  expect(await storedPages()).toHaveLength(2)
})

it('goes before any record does: what was learned first, of the record that was not used for longest', async () => {
  const other = { ...shell, ...resumingRecord('/other'), receivedAt: 2 }
  const ofOther = addressOf('https://shop.test/other')
  for (const record of [shell, other]) await putRecord(record)
  const bytesOfRecords = (await readUses()).reduce((sum, use) => sum + use.bytes, 0)
  await putPage(other, ofOther, bytes(7, 8, 9))
  for (const slug of ['a', 'b', 'c']) await putPage(shell, at(slug), bytes(1, 2, 3))
  const within = (room: number) =>
    keepWithin(workerConfig({ budget: { records: 2, bytes: bytesOfRecords + room, images: 0 } }))
  await within(6)
  expect(new Set((await storedPages()).map(({ address }) => address))).toEqual(new Set([ofOther, at('c')]))
  await within(0)
  expect(await storedPages()).toEqual([])
  expect(await readUses()).toHaveLength(2)
})

const RECORDS = [shell, newer, { ...shell, ...resumingRecord('/p/a'), asOf: 1e6 }]
const record = fc.constantFrom(...RECORDS)
const slug = fc.constantFrom('a', 'b', 'c')
const stage = fc.option(fc.oneof(fc.constant('unfit' as const), fc.uint8Array({ maxLength: 9 })), { nil: undefined })
const step = fc.oneof(
  fc.tuple(record).map(
    ([one]) =>
      () =>
        putRecord(one),
  ),
  fc.tuple(record).map(
    ([one]) =>
      () =>
        deleteRecord(one),
  ),
  fc.tuple(record).map(
    ([one]) =>
      () =>
        renewRecord(one),
  ),
  fc.tuple(record, slug, stage).map(
    ([one, path, learned]) =>
      () =>
        putPage(one, at(path), learned && copyOf(learned)),
  ),
  fc.nat(3000).map((most) => () => keepWithin(workerConfig({ budget: { records: 2, bytes: most, images: 0 } }))),
)
const copyOf = (learned: Uint8Array | 'unfit'): StoredPage['kept'] =>
  learned === 'unfit' ? learned : new Uint8Array(learned)

it('is always of the record that is stored, and what is noted of it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      await deleteAllRecords()
      for (const take of steps) await take()
      const uses = await readUses()
      const noted = uses.flatMap(({ key, digest, pages }) =>
        pages.map(({ address, bytes: size }) => ({ key, address, digest, size })),
      )
      const rows = (await storedPages()).map(({ key, address, page }) => {
        const size = page.kept === 'unfit' ? 0 : page.kept.length
        return { key, address, digest: page.digest, size }
      })
      const inOrder = (all: typeof rows) => all.map((one) => JSON.stringify(one)).toSorted()
      expect(inOrder(rows)).toEqual(inOrder(noted))
    }),
    { numRuns: 200 },
  )
})

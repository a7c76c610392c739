// Proves that the store returns whole records of one build or nothing, in fake-indexeddb. Eviction, private windows and a
// database that never answers are tested in e2e: no fake shows them.

import 'fake-indexeddb/auto'

import { deleteDB, type IDBPDatabase, openDB, unwrap } from 'idb'
import fc from 'fast-check'
import { afterEach, expect, it, vi } from 'vitest'

import { MARKS, MARKS_ROW, NO_MARKS } from '../../protocol/record/stored.ts'
import { appNames } from '../util/app.ts'
import { resumingRecord, staticRecord, workerConfig } from '../util/test-worker.ts'
import { keepWithin, noteUse } from './budget.ts'
import { forgetDatabase, openDatabase } from './database.ts'
import { currentSequence, markInvalidated } from './marks.ts'
import {
  countRecords,
  deleteAllRecords,
  deleteOtherBuilds,
  deleteRecord,
  isInstalled,
  noteInstalled,
  putRecord,
  readRecord,
  renewRecord,
} from './records.ts'
import { SCHEMA_VERSION } from './schema.ts'
import { storedDigests } from './test-store.ts'

const stored = (key: string, buildId = 'build', html?: string) => ({
  ...resumingRecord(key, buildId, html),
  receivedAt: 1,
  asOf: 0,
})

afterEach(async () => {
  vi.restoreAllMocks()
  const database = await openDatabase().catch(() => undefined)
  database?.close()
  forgetDatabase()
  await deleteDB(appNames().database)
})

it('gives back the record that was put, whole', async () => {
  await putRecord(stored('/a'))
  expect((await readRecord('build', ['/a']))?.record).toEqual(stored('/a'))
})

it('gives the first key that has a record', async () => {
  await putRecord(stored('/p/[slug]'))
  expect((await readRecord('build', ['/p/a', '/p/[slug]']))?.record.key).toBe('/p/[slug]')
  await putRecord({ ...staticRecord('/p/a'), receivedAt: 1, asOf: 0 })
  expect((await readRecord('build', ['/p/a', '/p/[slug]']))?.record.key).toBe('/p/a')
})

it('never gives a record of another build', async () => {
  await putRecord(stored('/a', 'old'))
  expect(await readRecord('build', ['/a'])).toBeUndefined()
})

it('replaces a record whole', async () => {
  await putRecord(stored('/a'))
  await putRecord({ ...staticRecord('/a'), receivedAt: 2, asOf: 0 })
  expect((await readRecord('build', ['/a']))?.record).toEqual({ ...staticRecord('/a'), receivedAt: 2, asOf: 0 })
})

it('deletes a record only while it is the one that was meant', async () => {
  const [old, current] = [stored('/a'), stored('/a', 'build', '<html>newer')]
  await putRecord(current)
  await deleteRecord(old)
  expect((await readRecord('build', ['/a']))?.record).toEqual(current)
  await deleteRecord(current)
  expect(await readRecord('build', ['/a'])).toBeUndefined()
})

it('keeps one build and no other, whatever their names', async () => {
  const names = fc.uniqueArray(fc.string({ maxLength: 4 }), { minLength: 2, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(names, async ([kept = '', ...others]) => {
      for (const buildId of [kept, ...others])
        for (const key of ['/', '/a', '/\uffff']) await putRecord(stored(key, buildId))
      await deleteOtherBuilds(kept)
      expect(await countRecords(kept)).toBe(3)
      for (const buildId of others) expect(await countRecords(buildId)).toBe(0)
    }),
    { numRuns: 20 },
  )
})

it('lists what is stored of a build', async () => {
  await putRecord(stored('/a'))
  await putRecord(stored('/b', 'other'))
  expect([...(await storedDigests('build'))]).toEqual([['/a', stored('/a').digest]])
})

it('rejects a database of the same name without our table', async () => {
  const foreign = await openDB(appNames().database, SCHEMA_VERSION, {
    upgrade: (fresh) => void fresh.createObjectStore('theirs'),
  })
  foreign.close()
  await expect(readRecord('build', ['/a'])).rejects.toThrow('lacks a table')
})

it('leaves a database of a newer version alone for a minute, and opens anew after it', async () => {
  const newer = await openDB(appNames().database, 9)
  await expect(readRecord('build', ['/a'])).rejects.toThrow('version')
  newer.close()
  await deleteDB(appNames().database)
  await expect(readRecord('build', ['/a'])).rejects.toThrow('lower version')
  const now = performance.now()
  vi.spyOn(performance, 'now').mockReturnValue(now + 60_001)
  expect(await readRecord('build', ['/a'])).toBeUndefined()
})

it('puts an empty database of ours in the place of one without our table', async () => {
  const foreign = await openDB(appNames().database, SCHEMA_VERSION, {
    upgrade: (fresh) => void fresh.createObjectStore('theirs'),
  })
  foreign.close()
  await expect(readRecord('build', ['/a'])).rejects.toThrow('lacks a table')
  forgetDatabase()
  await putRecord(stored('/a'))
  expect(await countRecords('build')).toBe(1)
})

it('uses no connection again that failed once', async () => {
  await putRecord(stored('/a'))
  const lost = await openDatabase()
  vi.spyOn(lost, 'transaction').mockImplementation(() => {
    throw new DOMException('Connection to Indexed Database server lost', 'UnknownError')
  })
  await expect(readRecord('build', ['/a'])).rejects.toThrow('lost')
  expect((await readRecord('build', ['/a']))?.record).toEqual(stored('/a'))
  expect(await openDatabase()).not.toBe(lost)
})

/** Makes the next transaction abort, as if the disk was full. */
async function abortNext(): Promise<void> {
  const database = unwrap((await openDatabase()) as IDBPDatabase)
  const begin = database.transaction.bind(database)
  vi.spyOn(database, 'transaction').mockImplementationOnce((...args) => {
    const transaction = begin(...args)
    queueMicrotask(() => transaction.abort())
    return transaction
  })
}

it('leaves the older record whole if the newer one does not fit', async () => {
  await putRecord(stored('/a'))
  await abortNext()
  await expect(putRecord(stored('/a', 'build', '<html>newer'))).rejects.toThrow()
  expect((await readRecord('build', ['/a']))?.record).toEqual(stored('/a'))
})

// A put that rejects and is not awaited fails the run: Vitest counts unhandled rejections.
it.each<[string, () => Promise<unknown>]>([
  ['a record', () => putRecord(stored('/b'), { instead: stored('/a') })],
  ['a record’s age', () => renewRecord({ ...stored('/a'), receivedAt: 2 })],
  ['a record taken away', () => deleteRecord(stored('/a'))],
  ['all of them taken away', () => deleteAllRecords()],
  ['those of other builds taken away', () => deleteOtherBuilds('other')],
  ['those over the budget taken away', () => keepWithin(workerConfig({ budget: { records: 0, bytes: 0, images: 0 } }))],
  ['an install', () => noteInstalled('build', [])],
])('says that %s was not written, and once', async (_what, write) => {
  await putRecord(stored('/a'))
  await abortNext()
  await expect(write()).rejects.toThrow()
  expect((await readRecord('build', ['/a']))?.record).toEqual(stored('/a'))
})

it('never rejects if a use is not written', async () => {
  await putRecord(stored('/a'))
  await abortNext()
  await expect(noteUse(stored('/a'), Date.now())).resolves.toBeUndefined()
})

it('forgets everything when asked to', async () => {
  await putRecord(stored('/a'))
  await putRecord(stored('/b', 'other'))
  await deleteAllRecords()
  expect((await countRecords('build')) + (await countRecords('other'))).toBe(0)
})

it('lets go of the database when a newer version wants it', async () => {
  await putRecord(stored('/a'))
  const newer = await openDB(appNames().database, SCHEMA_VERSION + 1)
  newer.close()
  expect(newer.version).toBe(SCHEMA_VERSION + 1)
})

it('stores nothing that was asked for before everything was thrown away', async () => {
  await deleteAllRecords()
  await putRecord(stored('/a'))
  expect(await countRecords('build')).toBe(0)
  await putRecord({ ...stored('/a'), asOf: await currentSequence() })
  expect(await countRecords('build')).toBe(1)
})

it('takes a path’s own record away with the one that is put instead of it, and no route’s', async () => {
  const [own, shell] = [stored('/p/a'), stored('/p/[slug]')]
  await putRecord(own)
  await putRecord(shell, { instead: own })
  expect((await storedDigests('build')).has('/p/a')).toBe(false)
  await putRecord(own, { instead: shell })
  expect((await storedDigests('build')).has('/p/[slug]')).toBe(true)
})

it('starts over if an older version has stored something, and keeps what was changed on the server', async () => {
  const older = await openDB(appNames().database, SCHEMA_VERSION - 1, {
    upgrade(fresh) {
      void fresh.createObjectStore('records').put('of an older version', ['build', '/a'])
      const marks = fresh.createObjectStore(MARKS)
      void marks.put({ ...NO_MARKS, sequence: 1, everything: 1 }, MARKS_ROW)
      void marks.put([], ['build'])
    },
  })
  older.close()
  expect(await readRecord('build', ['/a'])).toBeUndefined()
  expect(await isInstalled('build'), 'its records have gone').toBe(false)
  await putRecord(stored('/a'))
  expect(await readRecord('build', ['/a'])).toMatchObject({ isInvalidated: true })
})

it('knows of an install until the store is emptied, and of its own build’s alone', async () => {
  expect(await isInstalled('build')).toBe(false)
  await putRecord(stored('/a'))
  expect(await isInstalled('build'), 'one record is no install').toBe(false)
  for (const buildId of ['a', 'build', 'z']) await noteInstalled(buildId, [])
  await deleteOtherBuilds('build')
  expect(await Promise.all(['a', 'build', 'z'].map(isInstalled))).toEqual([false, true, false])
  await markInvalidated('everything')
  await deleteOtherBuilds('build')
  expect((await readRecord('build', ['/a']))?.isInvalidated, 'marks are of no build').toBe(true)
  await deleteAllRecords()
  expect(await isInstalled('build')).toBe(false)
})

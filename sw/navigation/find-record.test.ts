// Proves when a stored record counts as none. Each case is a reason to serve the network's page instead.

import 'fake-indexeddb/auto'

import { afterEach, expect, it, vi } from 'vitest'

import { countRecords, putRecord } from '../store/records.ts'
import { openDatabase } from '../store/open.ts'
import { resumingRecord, staticRecord, workerConfig } from '../test-worker.ts'
import { findRecord, isUsable } from './find-record.ts'

const navigation = (key: string) => ({
  url: new URL('https://shop.test/'),
  keys: [key] as const,
  mode: 'instant' as const,
})
const config = workerConfig({ deadlines: { store: 20, answer: 1000, silence: 1000 } })
const SECONDS = 1000

afterEach(() => vi.restoreAllMocks())

it('finds a record whose shell has the hash that it should have', async () => {
  const record = { ...resumingRecord('/whole'), receivedAt: Date.now() }
  await putRecord(record)
  expect(await findRecord(config, navigation('/whole'))).toEqual(record)
})

it('finds nothing in a corrupt record, and deletes it', async () => {
  const record = resumingRecord('/bent', 'bent-build')
  const shell = record.shell.map((byte, at) => (at === 2 ? byte ^ 1 : byte))
  await putRecord({ ...record, shell, receivedAt: Date.now() })
  expect(await findRecord({ ...config, buildId: 'bent-build' }, navigation('/bent'))).toBeUndefined()
  expect(await countRecords('bent-build')).toBe(0)
})

it('finds nothing where the database fails', async () => {
  await putRecord({ ...resumingRecord('/lost'), receivedAt: Date.now() })
  const database = await openDatabase()
  vi.spyOn(database, 'transaction').mockImplementation(() => {
    throw new DOMException('Connection to Indexed Database server lost', 'UnknownError')
  })
  expect(await findRecord(config, navigation('/lost'))).toBeUndefined()
})

it('finds nothing where the database does not answer in time', async () => {
  const database = await openDatabase()
  const silent = { addEventListener: () => {} }
  const never = { ...silent, objectStore: () => ({ get: () => silent }) }
  vi.spyOn(database, 'transaction').mockImplementation(() => never as never)
  vi.spyOn(database, 'close').mockImplementation(() => expect.fail('it did not fail, it did not answer'))
  expect(await findRecord(config, navigation('/slow'))).toBeUndefined()
})

it.each([
  ['a shell without an end', resumingRecord('/'), { revalidate: undefined, expire: undefined }, 1e9, true],
  ['a shell past its revalidation', resumingRecord('/'), { revalidate: 10, expire: 100 }, 50, true],
  ['a shell just before its expiry', resumingRecord('/'), { revalidate: 10, expire: 100 }, 99, true],
  ['a shell at its expiry', resumingRecord('/'), { revalidate: 10, expire: 100 }, 100, false],
  ['a whole document before its revalidation', staticRecord('/'), { revalidate: 10, expire: 100 }, 9, true],
  ['a whole document past its revalidation', staticRecord('/'), { revalidate: 10, expire: 100 }, 10, false],
  ['a whole document past its expiry', staticRecord('/'), { revalidate: undefined, expire: 100 }, 100, false],
  [
    'a record from the future of a clock that was set back',
    resumingRecord('/'),
    { revalidate: 10, expire: 100 },
    -1,
    false,
  ],
] as const)('judges %s', (_name, record, lifetime, age, expected) => {
  const receivedAt = 1_000_000 * SECONDS
  expect(isUsable({ ...record, lifetime, receivedAt }, receivedAt + age * SECONDS)).toBe(expected)
})

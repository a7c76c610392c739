// Proves when a stored record counts as missing. Each case is a reason to serve the network's page instead.

import 'fake-indexeddb/auto'

import { afterEach, expect, it, vi } from 'vitest'

import { currentSequence, markInvalidated } from '../store/marks.ts'
import { countRecords, putRecord } from '../store/records.ts'
import { openDatabase } from '../store/database.ts'
import { resumingRecord, staticRecord, workerConfig } from '../util/test-worker.ts'
import { findRecord, isAlive, shownOffline } from './find-record.ts'

const navigation = (key: string) => ({
  url: new URL('https://shop.test/'),
  keys: [key] as const,
  mode: 'instant' as const,
})
const config = workerConfig()
const SECONDS = 1000

afterEach(() => vi.restoreAllMocks())

it('finds a record whose shell has the hash that it should have', async () => {
  const record = { ...resumingRecord('/whole'), receivedAt: Date.now(), asOf: 0 }
  await putRecord(record)
  expect(await findRecord(config, navigation('/whole'))).toEqual({ kind: 'usable', record })
})

it('finds nothing if nothing is stored', async () => {
  expect(await findRecord(config, navigation('/none'))).toEqual({ kind: 'none' })
})

it('finds nothing in a corrupt record, and deletes it', async () => {
  const record = resumingRecord('/bent', 'bent-build')
  const shell = record.shell.map((byte, at) => (at === 2 ? byte ^ 1 : byte))
  await putRecord({ ...record, shell, receivedAt: Date.now(), asOf: 0 })
  expect(await findRecord({ ...config, buildId: 'bent-build' }, navigation('/bent'))).toEqual({ kind: 'none' })
  expect(await countRecords('bent-build')).toBe(0)
})

it('finds nothing if the database fails', async () => {
  await putRecord({ ...resumingRecord('/lost'), receivedAt: Date.now(), asOf: 0 })
  const database = await openDatabase()
  vi.spyOn(database, 'transaction').mockImplementation(() => {
    throw new DOMException('Connection to Indexed Database server lost', 'UnknownError')
  })
  expect(await findRecord(config, navigation('/lost'))).toEqual({ kind: 'none' })
})

/** A read completes before its transaction ends, and this transaction never ends. */
const transactionWith = (get: (key: unknown) => Promise<unknown>): never =>
  ({ done: new Promise(() => {}), objectStore: () => ({ get }) }) as never

it('finds nothing if the database does not answer in time', async () => {
  const database = await openDatabase()
  vi.spyOn(database, 'transaction').mockImplementation(() => transactionWith(() => new Promise(() => {})))
  const close = vi.spyOn(database, 'close')
  expect(await findRecord(config, navigation('/slow'), 20)).toEqual({ kind: 'none' })
  expect(close, 'it did not fail, it did not answer').not.toHaveBeenCalled()
})

it('waits for a late database as long as there is nothing else to show', async () => {
  const record = { ...resumingRecord('/late'), receivedAt: Date.now(), asOf: 0 }
  const get = (key: unknown): Promise<unknown> =>
    new Promise((resolve) => setTimeout(resolve, 60, Array.isArray(key) && key.length === 2 ? record : undefined))
  const database = await openDatabase()
  vi.spyOn(database, 'transaction').mockImplementation(() => transactionWith(get))
  const page = new Promise((resolve) => setTimeout(resolve, 500))
  expect(await findRecord(config, navigation('/late'), 20, () => page)).toEqual({ kind: 'usable', record })
  expect(await findRecord(config, navigation('/late'), 20)).toEqual({ kind: 'none' })
})

it('does not show what the visitor has changed the sources of, until it is newer', async () => {
  const record = { ...resumingRecord('/changed'), tags: ['changed'], receivedAt: Date.now(), asOf: 0 }
  await putRecord(record)
  await markInvalidated(['other'])
  expect(await findRecord(config, navigation('/changed'))).toEqual({ kind: 'usable', record })
  await markInvalidated(['changed'])
  expect(await findRecord(config, navigation('/changed'))).toEqual({ kind: 'invalidated', record })
  const fresh = { ...record, asOf: await currentSequence() }
  await putRecord(fresh)
  expect(await findRecord(config, navigation('/changed'))).toEqual({ kind: 'usable', record: fresh })
})

const [none, both] = [
  { revalidate: undefined, expire: undefined },
  { revalidate: 10, expire: 100 },
]
it.each([
  ['a shell without an end', resumingRecord('/'), none, 1e9, 'auto', true],
  ['a shell past its revalidation', resumingRecord('/'), both, 50, 'auto', true],
  ['a shell just before its expiry', resumingRecord('/'), both, 99, 'auto', true],
  ['a shell at its expiry', resumingRecord('/'), both, 100, 'auto', false],
  ['a shell of this very moment', resumingRecord('/'), both, 0, 'auto', true],
  ['a shell that no one refreshes, past its revalidation', resumingRecord('/'), both, 50, 'prefix', true],
  ['a whole document past its revalidation', staticRecord('/'), both, 10, 'auto', true],
  ['a whole document past its expiry', staticRecord('/'), both, 100, 'auto', false],
  ['a whole document that no one refreshes, before its revalidation', staticRecord('/'), both, 9, 'prefix', true],
  ['a whole document that no one refreshes, past its revalidation', staticRecord('/'), both, 10, 'prefix', false],
  ['a record from the future of a clock that was set back', resumingRecord('/'), both, -1, 'auto', false],
] as const)('judges %s', (_name, record, lifetime, age, transport, expected) => {
  const receivedAt = 1_000_000 * SECONDS
  const stored = { ...record, lifetime, receivedAt, asOf: 0 }
  expect(isAlive(stored, { transport }, receivedAt + age * SECONDS)).toBe(expected)
})

it.each([
  ['resuming', resumingRecord('/')],
  ['static', staticRecord('/')],
] as const)('counts the expiry of a %s record from when it was made, not from its receipt', (_kind, record) => {
  const now = 1_000_000 * SECONDS
  const made = (age: number) => ({ ...record, lifetime: both, receivedAt: now, asOf: 0, madeAt: now - age * SECONDS })
  expect(isAlive(made(99), { transport: 'auto' }, now)).toBe(true)
  expect(isAlive(made(100), { transport: 'auto' }, now)).toBe(false)
})

it.each([
  ['usable', 'instant', false, true],
  ['invalidated', 'instant', false, true],
  ['expired', 'instant', true, true],
  ['expired', 'instant', false, false],
  ['usable', 'gated', true, false],
] as const)('shows what is %s, %s, without a network if the build allows it: %s', (kind, mode, expired, isShown) => {
  const record = { ...resumingRecord('/'), receivedAt: 1, asOf: 0 }
  const strict = workerConfig({ offline: { ...config.offline, expired } })
  expect(shownOffline({ kind, record }, { mode }, strict)).toBe(isShown ? record : undefined)
})

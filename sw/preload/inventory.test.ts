// Proves what a browser tells the origin about itself: that it has everything only if it has, and nothing that it would not show.

import 'fake-indexeddb/auto'

import { beforeEach, expect, it } from 'vitest'

import { formatPreloadHeader, keyHashOf, parsePreloadHeader, startOf } from '../../protocol/shell-inventory.ts'
import type { StoredRecord } from '../../protocol/record/stored.ts'
import { resumingRecord } from '../util/test-worker.ts'
import { learnHead } from '../store/host-head.ts'
import { currentSequence, markInvalidated } from '../store/marks.ts'
import { readInventory, toInventory } from './inventory.ts'
import { deleteAllRecords, deleteRecord, noteInstalled, putRecord, renewRecord } from '../store/records.ts'
import { whenWritten } from '../store/transaction.ts'

const stored = (key: string, tags: readonly string[] = []): StoredRecord => ({
  ...resumingRecord(key),
  tags,
  receivedAt: 1,
  asOf: 1000,
})
const [home, page] = [stored('/', ['home']), stored('/p/[slug]')]
const newer = { ...resumingRecord('/', 'build', '<html>newer'), receivedAt: 2, asOf: 1000 }

beforeEach(async () => {
  await deleteAllRecords()
  for (const record of [home, page]) await putRecord(record)
  await noteInstalled(
    'build',
    [home, page].map(({ key, digest }) => [key, digest] as const),
  )
})

const own = ({ key, digest }: { readonly key: string; readonly digest: string }) =>
  [keyHashOf(key), { kind: 'own', start: startOf(digest) }] as const
const inventory = (hasAll: boolean, ...named: readonly (readonly [string, object])[]) => ({
  buildId: 'build',
  hasAll,
  named: new Map(named),
})

it('has all that its build has published, and says what is gone', async () => {
  expect(await readInventory('build')).toEqual(inventory(true))
  await deleteRecord(page)
  expect(await readInventory('build')).toEqual(inventory(true, [keyHashOf('/p/[slug]'), { kind: 'absent' }]))
  expect(await readInventory('other')).toEqual({ ...inventory(false), buildId: 'other' })
})

it('hides what may lack a header of the host, until its page was seen', async () => {
  await learnHead(home, new Response(null, { headers: { 'x-frame-options': 'DENY' } }))
  expect(await readInventory('build')).toEqual(inventory(true, [keyHashOf('/p/[slug]'), { kind: 'hidden' }]))
  await learnHead(page, new Response(null, { headers: { 'x-frame-options': 'DENY' } }))
  expect(await readInventory('build')).toEqual(inventory(true))
})

it('names what is newer than the build, and what the build has not published', async () => {
  await putRecord(newer)
  const ofPath = { ...resumingRecord('/p/own'), receivedAt: 1, asOf: 1000 }
  await putRecord(ofPath)
  expect(await readInventory('build')).toEqual(inventory(true, own(newer), own(ofPath)))
})

it('hides what is invalidated, until it is asked for again', async () => {
  await putRecord({ ...home, asOf: await currentSequence() })
  await markInvalidated(['home'])
  expect(await readInventory('build')).toEqual(inventory(true, [keyHashOf('/'), { kind: 'hidden' }]))
  await renewRecord({ ...home, asOf: await currentSequence() })
  expect(await readInventory('build')).toEqual(inventory(true))
})

const manyUses = (count: number) =>
  Array.from({ length: count }, (_none, at) => {
    const digest = `${String(at).padStart(10, 'x')}${'A'.repeat(33)}` as typeof newer.digest
    return {
      key: `/p/${at}`,
      digest,
      usedAt: at,
      bytes: 1,
      isOfRoute: false,
      hasParams: true,
      isVisited: false,
      asOf: 0,
      tags: [],
      pages: [],
    }
  })

it('names the last thirty that were used if that is not all, and knows nothing of the rest', () => {
  expect(toInventory('build', [], manyUses(30), () => true)).toMatchObject({ hasAll: true })
  const { hasAll, named } = toInventory('build', [], manyUses(31), () => true)
  expect([hasAll, named.size]).toEqual([false, 30])
  expect([named.has(keyHashOf('/p/30')), named.has(keyHashOf('/p/0'))]).toEqual([true, false])
})

it('names no more than a header holds', () => {
  const longest = toInventory('build', [], manyUses(30), () => true)
  expect(parsePreloadHeader(formatPreloadHeader(longest))).toEqual(longest)
})

it('is told of every change', async () => {
  let told = 0
  whenWritten(async () => void told++)
  await readInventory('build')
  expect(told).toBe(0)
  await deleteRecord(page)
  await markInvalidated('everything')
  expect(told).toBe(2)
  whenWritten(async () => {})
})

// Proves what a browser says of itself to the origin: it has all only where it has, and nothing that it would not show.

import 'fake-indexeddb/auto'

import { beforeEach, expect, it } from 'vitest'

import { formatPreloadHeader, markOf, parsePreloadHeader, startOf } from '../../protocol/shell-inventory.ts'
import type { StoredRecord } from '../../protocol/record/stored.ts'
import { resumingRecord } from '../util/test-worker.ts'
import { currentSequence, putInDoubt } from '../store/marks.ts'
import { readNews, toNews } from './inventory.ts'
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
  [markOf(key), { kind: 'own', start: startOf(digest) }] as const
const news = (hasAll: boolean, ...named: readonly (readonly [string, object])[]) => ({
  buildId: 'build',
  hasAll,
  named: new Map(named),
})

it('has all that its build has published, and says what is gone', async () => {
  expect(await readNews('build')).toEqual(news(true))
  await deleteRecord(page)
  expect(await readNews('build')).toEqual(news(true, [markOf('/p/[slug]'), { kind: 'absent' }]))
  expect(await readNews('other')).toEqual({ ...news(false), buildId: 'other' })
})

it('names what is newer than the build, and what the build has not published', async () => {
  await putRecord(newer)
  const ofPath = { ...resumingRecord('/p/own'), receivedAt: 1, asOf: 1000 }
  await putRecord(ofPath)
  expect(await readNews('build')).toEqual(news(true, own(newer), own(ofPath)))
})

it('hides what is in doubt, until it is asked for again', async () => {
  await putRecord({ ...home, asOf: await currentSequence() })
  await putInDoubt(['home'])
  expect(await readNews('build')).toEqual(news(true, [markOf('/'), { kind: 'hidden' }]))
  await renewRecord({ ...home, asOf: await currentSequence() })
  expect(await readNews('build')).toEqual(news(true))
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
    }
  })

it('names the last thirty that were used where that is not all, and knows nothing of the rest', () => {
  expect(toNews('build', [], manyUses(30), () => true)).toMatchObject({ hasAll: true })
  const { hasAll, named } = toNews('build', [], manyUses(31), () => true)
  expect([hasAll, named.size]).toEqual([false, 30])
  expect([named.has(markOf('/p/30')), named.has(markOf('/p/0'))]).toEqual([true, false])
})

it('names no more than a header holds', () => {
  const longest = toNews('build', [], manyUses(30), () => true)
  expect(parsePreloadHeader(formatPreloadHeader(longest))).toEqual(longest)
})

it('is told of every change', async () => {
  let told = 0
  whenWritten(async () => void told++)
  await readNews('build')
  expect(told).toBe(0)
  await deleteRecord(page)
  await putInDoubt('everything')
  expect(told).toBe(2)
  whenWritten(async () => {})
})

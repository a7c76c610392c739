// Proves what a browser says of itself to the origin: it has all only where it has, and nothing that it would not show.

import 'fake-indexeddb/auto'

import { beforeEach, expect, it } from 'vitest'

import { resumingRecord } from '../test-worker.ts'
import { currentSequence, putInDoubt } from './marks.ts'
import { readNews, toNews } from './news.ts'
import { deleteAllRecords, deleteRecord, noteInstalled, putRecord, renewRecord } from './records.ts'
import { whenWritten } from './transaction.ts'

const [home, page] = [resumingRecord('/'), resumingRecord('/p/[slug]')].map((record) => ({
  ...record,
  tags: record.key === '/' ? ['home'] : [],
  receivedAt: 1,
  asOf: 1000,
})) as [never, never]
const newer = { ...resumingRecord('/', 'build', '<html>newer'), receivedAt: 2, asOf: 1000 }

beforeEach(async () => {
  await deleteAllRecords()
  for (const record of [home, page]) await putRecord(record)
  await noteInstalled(
    'build',
    [home, page].map(({ key, digest }) => [key, digest] as const),
  )
})

it('has all until one is gone, and then what it names', async () => {
  expect(await readNews('build')).toEqual({ buildId: 'build', hasAll: true, also: [] })
  await deleteRecord(page)
  const { digest } = home as typeof newer
  expect(await readNews('build')).toEqual({ buildId: 'build', hasAll: false, also: [digest.slice(0, 12)] })
  expect(await readNews('other')).toEqual({ buildId: 'other', hasAll: false, also: [] })
})

it('names what is newer than the build', async () => {
  await putRecord(newer)
  expect(await readNews('build')).toEqual({ buildId: 'build', hasAll: true, also: [newer.digest.slice(0, 12)] })
})

it('does not have what is in doubt, until it is asked for again', async () => {
  await putRecord({ ...(home as typeof newer), asOf: await currentSequence() })
  await putInDoubt(['home'])
  expect(await readNews('build')).toMatchObject({ hasAll: false })
  await renewRecord({ ...(home as typeof newer), asOf: await currentSequence() })
  expect(await readNews('build')).toMatchObject({ hasAll: true })
})

it('names what it has while something of it may not be shown', async () => {
  const own = { ...resumingRecord('/p/own'), tags: ['own'], receivedAt: 1, asOf: await currentSequence() }
  await putRecord(own)
  expect(await readNews('build')).toMatchObject({ hasAll: true, also: [own.digest.slice(0, 12)] })
  await putInDoubt(['own'])
  const start = (home as typeof newer).digest.slice(0, 12)
  expect(await readNews('build')).toEqual({ buildId: 'build', hasAll: false, also: [start] })
})

it('names the last twenty that were used', () => {
  const uses = Array.from({ length: 30 }, (_none, at) => {
    const digest = `${String(at).padStart(12, 'x')}${'A'.repeat(31)}` as typeof newer.digest
    return { key: `/p/${at}`, digest, usedAt: at, bytes: 1, isOfRoute: false, asOf: 0, tags: [] }
  })
  const { also } = toNews('build', [], uses, () => true)
  expect(also).toHaveLength(20)
  expect(also[0]).toBe('xxxxxxxxxx29')
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

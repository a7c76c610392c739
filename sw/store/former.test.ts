// Proves what an app takes over from the version whose apps shared one database, and that nothing else of that version is left.

import 'fake-indexeddb/auto'

import { openDB } from 'idb'
import { expect, it } from 'vitest'

import { FORMER } from '../../protocol/app-names.ts'
import { MARKS, MARKS_ROW, NO_MARKS } from '../../protocol/record/stored.ts'
import { appNames } from '../util/app.ts'
import { staticRecord } from '../util/test-worker.ts'
import { takeOver } from './former.ts'
import { markInvalidated } from './marks.ts'
import { putRecord, readRecord } from './records.ts'
import { TABLES } from './schema.ts'

const names = async () => (await indexedDB.databases()).map(({ name }) => name)

async function leaveFormer(): Promise<void> {
  const database = await openDB(FORMER.database, 3, {
    upgrade: (fresh) => TABLES.forEach((table) => void fresh.createObjectStore(table)),
  })
  await database.put(MARKS, { ...NO_MARKS, sequence: 1, everything: 1 }, MARKS_ROW)
  database.close()
}

it('makes no database if there is none to take over', async () => {
  await expect(takeOver()).rejects.toThrow()
  expect(await names()).toEqual([])
})

it('keeps invalidated what the visitor has changed, and leaves nothing of the former database', async () => {
  await leaveFormer()
  await putRecord({ ...staticRecord('/'), receivedAt: 1, asOf: 0 })
  expect(await readRecord('build', ['/'])).toMatchObject({ isInvalidated: false })
  await takeOver()
  expect(await readRecord('build', ['/'])).toMatchObject({ isInvalidated: true })
  await expect.poll(names).toEqual([appNames().database])
})

it('takes nothing over in the place of its own marks', async () => {
  await markInvalidated('everything')
  await putRecord({ ...staticRecord('/'), receivedAt: 1, asOf: 9 })
  await leaveFormer()
  await takeOver()
  await markInvalidated([])
  expect(await readRecord('build', ['/'])).toMatchObject({ isInvalidated: false })
})

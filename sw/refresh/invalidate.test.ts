// Proves that what a visitor has changed is not forgotten where the database does not take it. The marks themselves are
// store/marks.test.ts's, the whole way freshness-model.test.ts's.

import 'fake-indexeddb/auto'

import { expect, it, vi } from 'vitest'

import { findRecord } from '../navigation/find-record.ts'
import { openDatabase } from '../store/open.ts'
import { putRecord } from '../store/records.ts'
import { resumingRecord, workerConfig } from '../util/test-worker.ts'
import { invalidate } from './invalidate.ts'

it('doubts everything from a mark on that the database did not take', async () => {
  const find = async () => (await findRecord(workerConfig(), { keys: ['/'] })).kind
  await putRecord({ ...resumingRecord('/'), receivedAt: Date.now(), asOf: 0 })
  expect(await find()).toBe('usable')
  vi.spyOn(await openDatabase(), 'transaction').mockImplementation(() => {
    throw new DOMException('Connection to Indexed Database server lost', 'UnknownError')
  })
  await invalidate(['products'])
  expect(await find()).toBe('doubted')
})

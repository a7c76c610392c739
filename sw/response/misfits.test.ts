// Proves that a path that its route's shell does not fit costs one reload, even if the worker restarts; that after a few such paths the
// whole route is asked about; and that none of this counts for a newer shell.

import 'fake-indexeddb/auto'

import { beforeEach, expect, it, vi } from 'vitest'

import type { StoredRecord } from '../../protocol/record/stored.ts'
import { deleteAllRecords, putRecord, readRecord, renewRecord } from '../store/records.ts'
import { resumingRecord } from '../util/test-worker.ts'
import type * as Misfits from './misfits.ts'

const ofRoute: StoredRecord = { ...resumingRecord('/p/[slug]'), receivedAt: 0, asOf: 1000 }
const newer: StoredRecord = { ...resumingRecord('/p/[slug]', 'build', '<html>newer'), receivedAt: 1, asOf: 1000 }

beforeEach(async () => {
  await deleteAllRecords()
  await putRecord(ofRoute)
})

/** A worker that has just started. */
function startWorker(): Promise<typeof Misfits> {
  vi.resetModules()
  return import('./misfits.ts')
}

async function stored(): Promise<StoredRecord> {
  const found = await readRecord('build', ['/p/[slug]'])
  return found?.record ?? expect.fail('there is no record')
}

it('does not write down which paths they were', async () => {
  const { noteMisfit } = await startWorker()
  await noteMisfit('/reset/5f3a', ofRoute)
  const { unfitFor } = await stored()
  expect(unfitFor).toEqual([expect.any(Number)])
})

it('holds against a route’s shell the paths that it did not fit, and all of them after the second', async () => {
  const { isMisfit, noteMisfit } = await startWorker()
  expect(isMisfit('/p/a', ofRoute)).toBe(false)
  await noteMisfit('/p/a', ofRoute)
  await noteMisfit('/p/a', ofRoute)
  expect([isMisfit('/p/a', ofRoute), isMisfit('/p/b', ofRoute)]).toEqual([true, false])
  await noteMisfit('/p/b', ofRoute)
  expect([isMisfit('/p/b', ofRoute), isMisfit('/p/c', ofRoute)]).toEqual([true, true])
  expect(isMisfit('/p/a', newer)).toBe(false)
})

it('holds a path against its shell in the next worker, too, and the other paths of the route not', async () => {
  const { noteMisfit } = await startWorker()
  await noteMisfit('/p/a', ofRoute)
  await noteMisfit('/p/b', ofRoute)
  await renewRecord({ ...ofRoute, receivedAt: 2 })
  const { isMisfit } = await startWorker()
  const record = await stored()
  expect(['/p/a', '/p/b', '/p/c'].map((path) => isMisfit(path, record))).toEqual([true, true, false])
})

it('holds nothing against the shell that has taken its place', async () => {
  const { noteMisfit } = await startWorker()
  await putRecord(newer)
  await noteMisfit('/p/a', ofRoute)
  const { isMisfit } = await startWorker()
  expect(isMisfit('/p/a', await stored())).toBe(false)
})

it('shows a shell unasked again that has fitted, in the next worker, too', async () => {
  const { isMisfit, noteFit, noteMisfit } = await startWorker()
  await noteMisfit('/p/a', ofRoute)
  await noteMisfit('/p/b', ofRoute)
  expect(isMisfit('/p/a', await stored())).toBe(true)
  await noteFit('/p/a', await stored())
  expect(isMisfit('/p/a', await stored())).toBe(false)
  const next = await startWorker()
  const record = await stored()
  expect(['/p/a', '/p/b'].map((path) => next.isMisfit(path, record))).toEqual([false, true])
})

// Proves what happens to a shell that its page no longer begins with, if the page's next shell is learned (sw/refresh/learn-shell.ts).

import 'fake-indexeddb/auto'

import { beforeEach, expect, it, vi } from 'vitest'

import type { StoredRecord } from '../../protocol/record/stored.ts'
import { readMarks } from '../store/marks.ts'
import { countRecords, deleteAllRecords, putRecord } from '../store/records.ts'
import { reading } from '../store/transaction.ts'
import { resumingRecord, workerConfig } from '../util/test-worker.ts'
import { responseBody } from './body.ts'

beforeEach(deleteAllRecords)

/** Shows a page whose document does not begin with its shell. @param hold - Undefined if nothing is learned. */
async function show(key: string, hold?: () => Promise<void>) {
  const record: StoredRecord = { ...resumingRecord(key), receivedAt: Date.now(), asOf: 1000 }
  await putRecord(record)
  const background: Promise<unknown>[] = []
  const waitUntil = (work: Promise<unknown>): void => void background.push(work)
  const request = new Request('https://shop.test/page')
  const event = { request, resultingClientId: 'tab', waitUntil } as unknown as FetchEvent
  const update = vi.fn<() => Promise<boolean>>(async () => false)
  const { timeouts } = workerConfig()
  const means = { abort: new AbortController(), path: '/page', config: { timeouts, watchUrl: '' }, update, hold }
  const body = new Blob(['<html>/other']).stream().getReader()
  const shown = responseBody(event, record, Promise.resolve({ kind: 'document', body }), means)
  await new Response(shown as ReadableStream<Uint8Array<ArrayBuffer>>).text()
  await Promise.all(background)
  return { update, left: await countRecords('build'), alarm: (await reading(readMarks)).alarm }
}

it.each(['/page', '/[slug]'])('leaves the shell of %s to what learns, and does not count it as broken', async (key) => {
  const hold = vi.fn<() => Promise<void>>(async () => {})
  const { update, left, alarm } = await show(key, hold)
  expect(hold).toHaveBeenCalledOnce()
  expect(update).not.toHaveBeenCalled()
  expect([left, alarm]).toEqual([1, undefined])
})

it('forgets and counts it where nothing is learned', async () => {
  expect(await show('/page')).toMatchObject({ left: 0, alarm: 8 })
})

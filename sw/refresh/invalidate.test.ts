// Proves what a response says was changed, that this is noted before the page gets the response, and that it is not forgotten if the
// database does not store it. store/marks.test.ts tests the marks themselves, freshness-model.test.ts the whole way.

import 'fake-indexeddb/auto'

import { createHash } from 'node:crypto'

import { beforeEach, expect, it, vi } from 'vitest'

import { findRecord } from '../navigation/find-record.ts'
import { openDatabase } from '../store/database.ts'
import { currentSequence } from '../store/marks.ts'
import { deleteAllRecords, putRecord } from '../store/records.ts'
import { resumingRecord, workerConfig } from '../util/test-worker.ts'
import { invalidate, noted } from './invalidate.ts'

const hashOf = (tag: string) => createHash('sha256').update(tag).digest().subarray(0, 6).toString('base64url')
const PAGES = { '/products': ['products', '_N_T_/products'], '/about': ['about', '_N_T_/about'], '/untagged': [] }
const find = async (key: string) => (await findRecord(workerConfig(), { keys: [key] })).kind
/** The pages that a response with these headers has invalidated. */
async function doubtedBy(headers: Record<string, string>): Promise<string[]> {
  const answer = new Response('done', { status: 303, headers })
  expect(await noted(Promise.resolve(answer))).toBe(answer)
  const kinds = await Promise.all(Object.keys(PAGES).map(async (key) => [key, await find(key)] as const))
  return kinds.filter(([, kind]) => kind === 'invalidated').map(([key]) => key)
}
const ALL = Object.keys(PAGES)

beforeEach(async () => {
  await deleteAllRecords()
  const asOf = await currentSequence()
  for (const [key, tags] of Object.entries(PAGES))
    await putRecord({ ...resumingRecord(key), tags: tags.map(hashOf), receivedAt: Date.now(), asOf })
})

it.each<[Record<string, string>, string[]]>([
  [{}, []],
  [{ 'shell-cache-invalidate': 'products' }, ['/products']],
  [{ 'shell-cache-invalidate': '/about' }, ['/about']],
  [{ 'shell-cache-invalidate': '/about/, products' }, ['/products', '/about']],
  [{ 'shell-cache-invalidate': `#${hashOf('products')}` }, ['/products']],
  [{ 'shell-cache-invalidate': hashOf('products') }, []],
  [{ 'shell-cache-invalidate': 'none of these' }, []],
  [{ 'shell-cache-invalidate': 'products, *' }, ALL],
  [{ 'x-action-revalidated': '1' }, ALL],
  [{ 'x-action-revalidated': '2' }, []],
  [{ 'x-action-revalidated': '1', 'shell-cache-invalidate': 'products' }, ['/products']],
  [{ 'x-action-revalidated': '1', 'shell-cache-invalidate': '' }, []],
])('takes an answer with %j to have changed %j', async (headers, pages) => {
  expect(await doubtedBy(headers)).toEqual(pages)
})

it('writes nothing for an answer that has changed nothing', async () => {
  const before = await currentSequence()
  await doubtedBy({})
  expect(await currentSequence()).toBe(before)
})

it('takes everything for changed if no answer came, and fails as the request did', async () => {
  await expect(noted(Promise.reject(new TypeError('no network')))).rejects.toThrow('no network')
  expect(await Promise.all(ALL.map(find))).toEqual(['invalidated', 'invalidated', 'invalidated'])
})

// The last test of this file: a lost mark counts for the rest of the worker's life.
it('doubts everything from a mark on that the database did not take', async () => {
  expect(await find('/untagged')).toBe('usable')
  vi.spyOn(await openDatabase(), 'transaction').mockImplementation(() => {
    throw new DOMException('Connection to Indexed Database server lost', 'UnknownError')
  })
  await invalidate(['products'])
  expect(await find('/untagged')).toBe('invalidated')
})

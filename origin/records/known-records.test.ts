// Proves that a build's record is read only once, however often a browser's segments are compared with its segments.

import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'

import { segmentsInput } from '../../protocol/record/segments.ts'
import { hashOf } from '../../seal/hash.ts'
import { SEGMENTS, writeApp } from '../test-app.ts'
import { KnownRecords } from './known-records.ts'

it('reads the file of a record once for the hash of its segments', async () => {
  await using app = await writeApp([{ key: '/p/a', route: '/p/[slug]', state: 'a', segments: SEGMENTS }])
  const [digest] = app.digests
  if (digest === undefined) expect.fail('no record was written')
  const record = { key: '/p/a', route: '/p/[slug]', digest, file: `${digest}.bin`, tags: [] } as const
  const known = new KnownRecords(app.folder, [record])
  const hash = hashOf(segmentsInput(SEGMENTS))
  expect(await known.segmentsHashOf(record)).toBe(hash)
  await rm(join(app.folder, record.file))
  expect(await known.segmentsHashOf(record)).toBe(hash)
  expect(await known.readFramed(record)).toBeUndefined()
})

it('has none of a file that is not there, and asks again', async () => {
  await using app = await writeApp([{ key: '/p/a', route: '/p/[slug]', state: 'a', segments: SEGMENTS }])
  const [digest] = app.digests
  if (digest === undefined) expect.fail('no record was written')
  const record = { key: '/p/a', route: '/p/[slug]', digest, file: `${digest}.bin`, tags: [] } as const
  const known = new KnownRecords(app.folder, [record])
  expect(await known.segmentsHashOf({ ...record, file: 'gone.txt' })).toBeUndefined()
  expect(await known.segmentsHashOf(record)).toBe(hashOf(segmentsInput(SEGMENTS)))
})

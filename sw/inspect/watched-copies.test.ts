// Proves that only visits are noted whose holes showed a copy while they waited.

import { expect, it } from 'vitest'

import { toUtf8 } from '../../protocol/utf8.ts'
import type { PageCopy } from '../navigation/context.ts'
import { resumingRecord } from '../util/test-worker.ts'
import type { Notes } from './trace.ts'
import { watchedCopies } from './watched-copies.ts'

const record = { ...resumingRecord('/'), receivedAt: 1, asOf: 1 }
const request = new Request('https://shop.test/')

it.each([true, false])('notes whether holes showed a copy: %s', async (hasCopy) => {
  const notes: Notes = { startedAt: undefined, receivedAt: 0, isPreloaded: false, hadStaleHoles: false }
  const bytes = hasCopy ? toUtf8('<script>') : undefined
  const copy: PageCopy = {
    read: async () => undefined,
    rest: async () => ({ kind: 'unreachable' }),
    keep: () => ({
      early: undefined,
      whenFits: () => {},
      hear: undefined,
      settle: async () => {},
      meanwhile: async () => bytes,
    }),
  }
  const start = watchedCopies(
    () => copy,
    () => notes,
  )(record, request)?.keep(undefined)
  expect(await start?.meanwhile?.(Promise.resolve())).toBe(bytes)
  expect(notes.hadStaleHoles).toBe(hasCopy)
})

// Proves the bytes that end a response whose rest cannot come. That they work anywhere in a document is shown by e2e (faults.spec.ts).

import { expect, it } from 'vitest'

import { resumingRecord, staticRecord } from '../util/test-worker.ts'
import { offlineTail, RECOVERY_TAIL, SHELL_TAIL } from './tails.ts'

const textOf = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes)
const received = { receivedAt: 1, asOf: 0 }

it('closes what may be open, and then reloads at once without a script', () => {
  const text = textOf(RECOVERY_TAIL)
  const closers = ['"', "'", '>', '-->', '</script>', '</style>', '</textarea>', '</title>', '</template></template>']
  const places = [...closers, '<meta http-equiv="refresh" content="0">'].map((part) => text?.indexOf(part) ?? -1)
  expect(places.every((place) => place > 0)).toBe(true)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(text).not.toContain('<script')
})

it('shows nothing of what reloads the page behind a whole shell', () => {
  expect(textOf(SHELL_TAIL)).toMatch(/^<[^<>]*>$/)
})

it('starts the very shell that it ends, if that can start by itself', () => {
  const record = { ...resumingRecord('/'), ...received, bootScript: ' src="/start.js"' }
  const tail = `<script src="/start.js" data-shell="${record.digest}"></script></body></html>`
  expect(textOf(offlineTail(record))).toBe(tail)
  expect(offlineTail({ ...record, bootScript: undefined })).toBeUndefined()
  expect(offlineTail({ ...staticRecord('/'), ...received })).toBeUndefined()
})

// Proves what invalidates a record, and for how long.

import fc from 'fast-check'
import { expect, it } from 'vitest'

import { type Marks, NO_MARKS } from '../../protocol/record/stored.ts'
import { isInvalidated, withMark, withPurge } from './marks.ts'

const record = (asOf: number, ...tags: string[]) => ({ asOf, tags })

it('doubts what was made from a marked tag, until it is asked for again', () => {
  const marks = withMark(NO_MARKS, ['a'])
  expect(isInvalidated(record(0, 'a', 'b'), marks)).toBe(true)
  expect(isInvalidated(record(0, 'b'), marks)).toBe(false)
  expect(isInvalidated(record(marks.sequence, 'a'), marks)).toBe(false)
})

it('doubts everything if no one says what has changed', () => {
  const marks = withMark(withMark(NO_MARKS, ['a']), 'everything')
  expect(isInvalidated(record(1), marks)).toBe(true)
  expect(isInvalidated(record(2), marks)).toBe(false)
})

it('lets what the build made come back after a purge only as what it is', () => {
  const unmarked = withPurge(NO_MARKS)
  expect(isInvalidated(record(unmarked.purged, 'a'), unmarked)).toBe(false)
  const marked = withPurge(withMark(NO_MARKS, ['a']))
  expect(isInvalidated(record(marked.purged), marked)).toBe(true)
  expect(isInvalidated(record(marked.sequence), marked)).toBe(false)
})

const change = fc.oneof(
  fc.constant('everything' as const),
  fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
  fc.integer({ min: 0, max: 300 }).map((count) => Array.from({ length: count }, (_, at) => `t${at}`)),
)

it('never forgets a mark, however many follow it', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 8 }), fc.array(change, { maxLength: 8 }), (before, after) => {
      const asked = before.reduce<Marks>(withMark, NO_MARKS)
      const now = after.reduce<Marks>(withMark, asked)
      const touched = after.some((names) => names === 'everything' || names.includes('a'))
      if (touched) expect(isInvalidated(record(asked.sequence, 'a'), now)).toBe(true)
      if (after.length === 0) expect(isInvalidated(record(asked.sequence, 'a'), now)).toBe(false)
      expect(isInvalidated(record(now.sequence, 'a'), now)).toBe(false)
      expect(Object.keys(now.tags).length).toBeLessThanOrEqual(200)
    }),
  )
})

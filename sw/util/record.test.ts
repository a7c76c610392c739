// Proves that a record's age at its receipt depends only on the server's clock, whatever this browser's clock shows.

import fc from 'fast-check'
import { expect, it } from 'vitest'

import { byOwnClock } from './record.ts'
import { resumingRecord } from './test-worker.ts'

const MADE = Date.parse('2026-01-01T00:00:00Z')
const record = { ...resumingRecord('/'), madeAt: MADE }
const dated = (ms: number, more: Record<string, string> = {}): Headers =>
  new Headers({ date: new Date(ms).toUTCString(), ...more })

it('finds the same age by every clock that a browser may have', () => {
  const seconds = fc.nat({ max: 1e9 })
  fc.assert(
    fc.property(seconds, seconds, fc.nat(), (age, held, now) => {
      const answer = dated(MADE + age * 1000, { age: String(held) })
      expect(now - (byOwnClock(record, answer, now).madeAt ?? NaN)).toBe((age + held) * 1000)
    }),
  )
})

it.each<[string, Headers]>([
  ['says no time', new Headers()],
  ['says no time that reads', new Headers({ date: 'today' })],
  ['is dated before the record', dated(MADE - 5000)],
])('counts from the receipt if the answer %s', (_name, answer) => {
  expect(byOwnClock(record, answer, 7).madeAt).toBe(7)
})

it('leaves a record alone that never expires', () => {
  const endless = resumingRecord('/')
  expect(byOwnClock(endless, dated(MADE), 7)).toBe(endless)
})

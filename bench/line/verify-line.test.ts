// Proves the formula that the line is checked against.

import { expect, it } from 'vitest'

import { SEGMENT } from './direction.ts'
import { transferTime } from './verify-line.ts'

it('takes the bytes at the bandwidth if the window is never full', () => {
  expect(transferTime(10 * SEGMENT, { roundTrip: 100, megabits: 8, handshakes: 1 })).toBeCloseTo(14.6)
})

it('waits for the first acknowledgement once for each doubling', () => {
  const shape = { roundTrip: 100, megabits: 8000, handshakes: 1 }
  expect(transferTime(10 * SEGMENT + 1, shape)).toBeCloseTo(100, 0)
  expect(transferTime(30 * SEGMENT + 1, shape)).toBeCloseTo(200, 0)
})

it('waits no more once the wire is busier than the round trip is long', () => {
  const bytes = 1000 * SEGMENT
  const shape = { roundTrip: 10, megabits: 8, handshakes: 1 }
  expect(transferTime(bytes, shape)).toBeCloseTo(1000 * 1.46)
})

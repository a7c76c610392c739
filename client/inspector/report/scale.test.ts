// Proves that the scale is round, long enough for nine of ten page views, and never empty.

import { expect, it } from 'vitest'

import { scaleFor } from './scale.ts'

it.each([
  [[], [0, 1]],
  [[0.4], [0, 1]],
  [[90], [0, 20, 40, 60, 80, 100]],
  [[100], [0, 20, 40, 60, 80, 100]],
  [[730], [0, 200, 400, 600, 800]],
  [[4100], [0, 1000, 2000, 3000, 4000, 5000]],
])('has for %j the labels %j', (times, ticks) => {
  expect(scaleFor(times)).toEqual({ end: ticks.at(-1), ticks })
})

it('leaves out one of ten that took for ever', () => {
  expect(scaleFor([...Array.from({ length: 9 }, () => 300), 60_000]).end).toBe(300)
})

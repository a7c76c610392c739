// Proves the arithmetic of the report. Its input is measured, never tested.

import { expect, it } from 'vitest'

import { median, percentile, ratioOf, seeded, shuffledRounds, toMarkdown } from './statistics.ts'

it('takes the middle of an odd number of values and the mean of the two middles of an even one', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([9, 1, 5, 7])).toBe(6)
  expect(median([3])).toBe(3)
  expect(median([])).toBeNaN()
})

it('takes the value that nine of ten do not exceed', () => {
  const ten = [10, 1, 9, 2, 8, 3, 7, 4, 6, 5]
  expect(percentile(ten, 0.9)).toBe(9)
  expect(percentile([...ten, 11], 0.9)).toBe(10)
  expect(percentile([5], 0.9)).toBe(5)
  expect(percentile(ten, 1)).toBe(10)
  expect(percentile([], 0.9)).toBeNaN()
})

it('counts what did not come as the slowest', () => {
  expect(percentile([1, Infinity, 2], 0.9)).toBe(Infinity)
  expect(median([1, Infinity, 2])).toBe(2)
  expect(median([1, Infinity, Infinity])).toBe(Infinity)
})

it('gives the interval that resampled runs stay in', () => {
  const random = seeded(1)
  const base = Array.from({ length: 40 }, (_none, at) => 100 + at)
  const half = ratioOf(
    base.map((value) => value / 2),
    base,
    random,
  )
  expect(half.ratio).toBe(0.5)
  expect(half.low).toBeGreaterThan(0.4)
  expect(half.low).toBeLessThan(0.5)
  expect(half.high).toBeGreaterThan(0.5)
  const same = ratioOf(base, base, random)
  expect(same.low).toBeLessThan(1)
  expect(same.high).toBeGreaterThan(1)
})

it('has every arm once in each round', () => {
  const order = shuffledRounds(['a', 'b', 'c'], 20)
  for (let round = 0; round < 20; round++) {
    expect(order.slice(round * 3, round * 3 + 3).toSorted()).toEqual(['a', 'b', 'c'])
  }
})

it('writes a Markdown table', () => {
  expect(
    toMarkdown([
      ['a', 'b'],
      ['1', '2'],
    ]),
  ).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |')
})

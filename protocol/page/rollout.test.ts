// Proves that a share takes its part of all browsers, always the same ones, and that none flaps.

import fc from 'fast-check'
import { expect, it } from 'vitest'

import {
  drawNumber,
  formatRollout,
  formatShares,
  getsWorker,
  LAST_NUMBER,
  parseNumber,
  parseShare,
  parseShares,
  rolloutIn,
} from './rollout.ts'

/** mulberry32: the same numbers in every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const browsersOf = (seed: number): readonly number[] => {
  const random = seeded(seed)
  return Array.from({ length: 1000 }, () => drawNumber(random))
}
const share = fc.double({ min: 0, max: 1, noNaN: true })
const number = fc.integer({ min: 0, max: LAST_NUMBER })

it.each([1, 2, 3, 4, 5])('gives the worker to a fifth of 1,000 browsers at 0.2 (seed %i)', (seed) => {
  const count = browsersOf(seed).filter((drawn) => getsWorker(drawn, { rollout: 0.2, holdout: 0 })).length
  expect(count).toBeGreaterThan(150)
  expect(count).toBeLessThan(250)
})

it('adds browsers if the share goes up, takes some away if it goes down, and finds the same ones again', () => {
  const browsers = browsersOf(7)
  const [first, lower, higher, again] = [0.2, 0.1, 0.5, 0.2].map((rollout) =>
    browsers.map((drawn) => getsWorker(drawn, { rollout, holdout: 0 })),
  )
  for (const at of browsers.keys()) {
    if (lower?.[at]) expect(first?.[at]).toBe(true)
    if (first?.[at]) expect(higher?.[at]).toBe(true)
  }
  expect(again).toEqual(first)
})

it('never takes from a browser at a larger share what it has at a smaller one', () => {
  fc.assert(
    fc.property(number, share, share, share, (drawn, a, b, holdout) => {
      const at = (rollout: number): boolean => getsWorker(drawn, { rollout, holdout })
      expect(at(Math.min(a, b)) && !at(Math.max(a, b))).toBe(false)
    }),
  )
})

it('leaves the holdout without a worker at every share, and no one else at 1', () => {
  const browsers = Array.from({ length: LAST_NUMBER + 1 }, (_, at) => at)
  const without = (rollout: number, holdout: number): number[] =>
    browsers.filter((drawn) => !getsWorker(drawn, { rollout, holdout }))
  expect(without(1, 0)).toEqual([])
  expect(without(0, 0)).toEqual(browsers)
  expect(without(1, 0.05)).toHaveLength(50)
  expect(without(0.97, 0.05)).toEqual(without(1, 0.05))
  expect(without(0.07, 0)).toHaveLength(930)
})

it.each([
  ['0.05', 0.05],
  ['.5', 0.5],
  ['1', 1],
  ['0', 0],
  ['1.0', 1],
  ['2', undefined],
  ['5%', undefined],
  ['NaN', undefined],
  ['-0.1', undefined],
  ['1e-1', undefined],
  ['', undefined],
  ['.', undefined],
  ['Infinity', undefined],
])('reads %o as the share %o', (text, expected) => {
  expect(parseShare(text)).toBe(expected)
})

it.each([
  ['17', 17],
  ['0', 0],
  ['999', 999],
  ['1000', undefined],
  ['-1', undefined],
  ['1.5', undefined],
  ['', undefined],
  [null, undefined],
])('reads %o as the number %o', (text, expected) => {
  expect(parseNumber(text)).toBe(expected)
})

it('tells the client what the build was told', () => {
  fc.assert(
    fc.property(share, share, (rollout, holdout) => {
      expect(parseShares(formatShares({ rollout, holdout }))).toEqual({ rollout: rollout + 0, holdout: holdout + 0 })
    }),
  )
})

it.each([
  [formatRollout(0.1), 0.1],
  ['off, rollout=0.1', 0.1],
  ['rollout=0.1;x', 0.1],
  ['rollout=2', undefined],
  ['xrollout=0.1', undefined],
  ['', undefined],
  [null, undefined],
])('finds in the header %o the share %o', (header, expected) => {
  expect(rolloutIn(header)).toBe(expected)
})

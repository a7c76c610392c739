import { readFileSync } from 'node:fs'

import { expect, it } from 'vitest'

import { compareRatios } from './bench-ratios.mjs'

const run = (base: readonly number[], ours: readonly (number | null)[]) => ({
  warm: { 'no worker': { TTFB: base }, 'ours, preload': { TTFB: ours } },
})
const committed = run([200, 200, 200], [20, 20, 20])

it('takes no offence at a machine that is slower in every arm', () => {
  expect(compareRatios(committed, run([900, 900, 900], [90, 90, 90]))).toEqual({ count: 1, worse: [] })
})

it('fails if only our arm is slower', () => {
  expect(compareRatios(committed, run([200, 200, 200], [80, 80, 80])).worse).toEqual([
    { name: 'warm; ours, preload; TTFB', was: 0.1, is: 0.4 },
  ])
})

it('allows for noise', () => {
  expect(compareRatios(committed, run([200, 200, 200], [30, 30, 30])).worse).toEqual([])
})

it('fails if the figure never comes, or if there is none', () => {
  expect(compareRatios(committed, run([200, 200, 200], [null, null, 20])).worse).toHaveLength(1)
  expect(compareRatios(committed, run([200, 200, 200], [])).worse).toHaveLength(1)
})

it('counts nothing for cells that the committed run has not', () => {
  expect(compareRatios({}, committed)).toEqual({ count: 0, worse: [] })
})

it('reads what the bench writes, which is no worse than itself', () => {
  const results = JSON.parse(readFileSync('bench/results/navigation.json', 'utf8'))
  const { count, worse } = compareRatios(results, results)
  expect(count).toBeGreaterThan(20)
  expect(worse).toEqual([])
})

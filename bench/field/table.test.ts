// Proves that the command's output is read correctly, and that the table names a difference outside of its interval.

import { expect, it } from 'vitest'

import { CASES, type Case } from './arms.ts'
import type { Look } from './look.ts'
import { type CaseResult, headlineIn, saidOf, toFieldTable, toVerdictTable } from './table.ts'

const SAID = `400 page views: 200 with the worker, 200 in the control group.

p75 LCP +110 ms (+80 … +140), n = 200 + 200: pages are slower with the worker.

          control n  median     p75  worker n  median     p75  p75 difference (95 %)
TTFB            200  212 ms  220 ms       200    8 ms   10 ms  −210 ms (−215 … −190)  better
FCP             200  280 ms  300 ms       200  290 ms  301 ms        +1 ms (−9 … +8)  no difference
LCP             200  280 ms  300 ms       200  390 ms  410 ms  +110 ms (+80 … +140)   worse
`

it('reads a row of the command', () => {
  expect(saidOf(SAID, 'TTFB')).toEqual({ value: -210, low: -215, high: -190, verdict: 'better' })
  expect(saidOf(SAID, 'FCP')).toEqual({ value: 1, low: -9, high: 8, verdict: 'no difference' })
  expect(saidOf('LCP  9  212 ms  220 ms  9  8 ms  10 ms    too few', 'LCP')).toBeUndefined()
  expect(headlineIn(SAID)).toMatch(/^p75 LCP \+110 ms/)
})

const [, planted] = CASES as readonly [Case, Case, Case]
const looks = (ttfb: number, fcp: number, lcp: number): Look[] => [{ ttfb, fcp, lcp }]
const resultOf = (other: readonly Look[], judged: Case = planted): CaseResult => ({
  judged,
  said: SAID,
  lost: 0,
  control: looks(220, 300, 300),
  other,
})
const lastCells = (table: string): (string | undefined)[] =>
  table
    .split('\n')
    .slice(2)
    .map((row) => row.split(' | ').at(-1)?.replace(' |', ''))

it('says of each measure whether the bench’s difference is in the report’s interval', () => {
  expect(lastCells(toFieldTable([resultOf(looks(10, 301, 410))]))).toEqual(['yes', 'yes', 'yes'])
  expect(lastCells(toFieldTable([resultOf(looks(40, 310, 379))]))).toEqual(['no', 'no', 'no'])
})

it('says whether a planted case was told', () => {
  expect(lastCells(toVerdictTable([resultOf([])]))).toEqual(['worse: as planted'])
  expect(lastCells(toVerdictTable([resultOf([], { ...planted, planted: 'no difference' })]))).toEqual([
    'no difference: missed',
  ])
})

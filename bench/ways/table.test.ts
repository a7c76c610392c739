// Proves that a row says what is worse with the worker than without and what may be noise, and that a missing figure is no gain.

import { expect, it } from 'vitest'

import { faultsIn, type Row, toTable, type Trip } from './table.ts'
import { WAYS, type Way } from './ways.ts'

const [typed] = WAYS
const gated = WAYS.find(({ isGated }) => isGated)
const trip = (time: number, ...documents: string[]): Trip => ({
  firstByte: time,
  fcp: time,
  end: time,
  documents,
  bytes: 100,
})

function rowOf(way: Way | undefined, ours: readonly Trip[]): Row {
  if (!way) throw new Error('no way')
  const without = [trip(100), trip(100), trip(100)]
  return { way, without, again: without, ours }
}

it('finds nothing if every time is at its limit', () => {
  expect(faultsIn(rowOf(typed, [trip(105), trip(105), trip(105)]))).toEqual([])
  expect(faultsIn(rowOf(gated, [trip(115), trip(115), trip(115)]))).toEqual([])
})

it('tells what is slower each time from what chance may have slowed', () => {
  expect(faultsIn(rowOf(typed, [trip(120), trip(120), trip(120)])).every(({ isBeyondNoise }) => isBeyondNoise)).toBe(
    true,
  )
  const varied = faultsIn(rowOf(typed, [trip(50), trip(110), trip(300)]))
  expect(varied.map(({ isBeyondNoise }) => isBeyondNoise)).toEqual([false, false, false])
})

it('counts a document more as worse, however quick it was', () => {
  const faults = faultsIn(rowOf(typed, [trip(10, 'GET /a', 'POST /a'), trip(10, 'GET /a'), trip(10)]))
  expect(faults).toEqual([{ way: 'typed', text: '1.0 documents more (GET /a, POST /a)', isBeyondNoise: true }])
})

it('takes what never came for worse, and says so without a figure', () => {
  const row = rowOf(typed, [trip(Infinity), trip(Infinity), trip(10)])
  expect(faultsIn(row).map(({ isBeyondNoise }) => isBeyondNoise)).toContain(false)
  expect(toTable([row])).toContain('100 → never')
  expect(toTable([row])).not.toMatch(/NaN|Infinity|undefined/)
})

it('gives each way a name of its own, and a deploy the end of a round', () => {
  expect(new Set(WAYS.map(({ name }) => name)).size).toBe(WAYS.length)
  expect(WAYS.findIndex(({ before }) => before === 'deploy')).toBe(WAYS.length - 1)
})

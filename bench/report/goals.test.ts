// Proves that a run is judged by its figures: which figures meet a goal, which miss it and by how much, which are within noise, and that a
// missing figure meets none.

import { expect, it } from 'vitest'

import { NO_WORKER, PRELOAD } from '../arms.ts'
import { type Cell, CELLS, INTERACTIVE_CELLS } from '../cells.ts'
import { GOALS, judge } from './goals.ts'
import type { Counted, Taken } from './summary.ts'
import { TIMES } from '../browser/visit.ts'

const [warm] = CELLS

function visitOf(time: number): Counted {
  const times = Object.fromEntries(TIMES.map((name) => [name, time])) as Counted['times']
  return { times, down: 100, up: 100, renders: 1, isComplete: true, served: '' }
}

function take(cell: Cell | undefined, base: readonly number[], ours: readonly number[]): Taken[] {
  if (!cell) throw new Error('no cell')
  const visits = new Map([
    [NO_WORKER.name, base.map(visitOf)],
    [PRELOAD.name, ours.map(visitOf)],
  ])
  return [{ cell: { ...cell, arms: [NO_WORKER, PRELOAD] }, visits, load: 0 }]
}

function fcp(ours: readonly number[], base: readonly number[] = [1000, 1000, 1000]): string | undefined {
  const judged = judge(take(warm, base, ours)).find(({ goal }) => goal.name === 'FCP')
  return judged?.verdicts.get(PRELOAD)?.text
}

it('says met at the limit and missed by how much above it', () => {
  expect(fcp([250, 250, 250])).toBe('0.25 (0.25–0.25) met')
  expect(fcp([400, 400, 400])).toBe('0.40 (0.40–0.40) missed by 0.15')
})

it('says where chance decides', () => {
  expect(fcp([100, 240, 900])).toMatch(/^0\.24 \(0\.10–0\.90\) met, within noise$/)
})

it('counts what did not come in half of the visits as missed', () => {
  expect(fcp([100, Infinity, Infinity])).toBe('missed: it did not come')
})

it('takes the worst of several measures, and names it', () => {
  const slow = CELLS.find(({ boot }) => boot > 0)
  const [{ verdicts } = { verdicts: undefined }] = judge(take(slow, [100, 100], [120, 120])).filter(
    ({ goal }) => goal.limit === 1.1 && goal.measures.length > 1,
  )
  expect(verdicts?.get(PRELOAD)?.text).toBe('TTFB 1.20 (1.20–1.20) missed by 0.10')
})

it('has a cell for every goal', () => {
  const all = [...CELLS, ...INTERACTIVE_CELLS]
  for (const goal of GOALS) expect(all.filter(goal.in), goal.name).not.toEqual([])
})

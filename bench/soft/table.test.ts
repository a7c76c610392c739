// Proves that a move is held only to its own goals, that requests are counted by their sender and renders by their page, and that nothing
// is claimed about what was not seen.

import { expect, it } from 'vitest'

import { PROFILES } from '../cells.ts'
import type { Move } from './moves.ts'
import { type MoveRow, toMoveTable, toRenderSentence, type Trip } from './table.ts'

const move: Move = {
  name: 'a move',
  line: PROFILES['100/10'],
  page: '/links',
  after: 100,
  goals: { shell: 0.35, bytes: 0.3 },
}
const trip = (shell: number, more: Partial<Trip> = {}): Trip => ({
  shell,
  hole: shell,
  bytes: 1000,
  prefetches: 0,
  questions: 0,
  renders: 1,
  ...more,
})
const plain = [trip(100, { prefetches: 120 })]
const rowOf = (ours: readonly Trip[], without: readonly Trip[] = plain, of: Move = move): MoveRow => ({
  move: of,
  without,
  again: without,
  ours,
})
const linesOf = (row: MoveRow): string[] => toMoveTable([row]).split('\n').slice(2)

it('says which goals are met, and has none for the hole', () => {
  const [shell, hole, bytes] = linesOf(rowOf([trip(35, { bytes: 310, questions: 60 })]))
  expect(shell).toContain('| 0.35 (0.35–0.35) | 1.00 (1.00–1.00) | 0.35: met |')
  expect(hole).toContain('| – |')
  expect(bytes).toContain('| 0.3: missed | 120 → 0 and 60 |')
})

it('says of what was not seen that it was not measured, and how many clicks saw it', () => {
  const unseen = trip(Infinity)
  const [lost] = linesOf(rowOf(plain, [unseen]))
  expect(lost).toContain('| not measured (0 of 1 seen) | 100 | not measured | not measured | 0.35: not measured |')
  const [most] = linesOf(rowOf([trip(35), trip(35), unseen]))
  expect(most).toContain('| 100 | 35 (2 of 3 seen) | 0.35 (0.35–∞) |')
  const [few] = linesOf(rowOf([trip(35), unseen, unseen]))
  expect(few).toContain('| not measured (1 of 3 seen) | not measured |')
  for (const row of [lost, most, few]) expect(row).not.toMatch(/Infinity|NaN/)
})

it('has no ratio of nothing', () => {
  const none = [trip(35, { bytes: 0 })]
  expect(linesOf(rowOf(none, none))[2]).toContain('| 0 | 0 | – | – |')
  expect(linesOf(rowOf([trip(35, { bytes: 7 })], none))[2]).toContain('| 0 | 7 | ∞ (∞–∞) |')
})

it('counts renders by visited pages, those that no visit came of too', () => {
  const [, , counts] = linesOf(rowOf([trip(35), trip(35, { renders: 2 }), trip(Infinity, { renders: 1 })]))
  expect(counts).toContain('| 1.00 → 2.00 |  |')
  expect(linesOf(rowOf([trip(Infinity)]))[2]).toContain('| 1.00 → not measured |')
})

it('says how many clicks on plain links have shown what was prepared', () => {
  const ours = [trip(35, { isPrepared: true }), trip(90, { isPrepared: false })]
  expect(linesOf(rowOf(ours, plain, { ...move, page: '/links-speculate' }))[2]).toMatch(/\| 1 of 2 \|$/)
})

it('holds moves without speculation to the renders of those without a worker', () => {
  const speculating = rowOf([trip(35, { renders: 3 })], plain, { ...move, page: '/links-eager' })
  expect(toRenderSentence([rowOf(plain), speculating])).toBe(
    'Renders at the origin per visited page: 1.00 without a worker and 1.00 with ours over all moves without `speculate` (goal: no more: met); 1.00 and 3.00 with it.',
  )
  expect(toRenderSentence([rowOf([trip(35), trip(35, { renders: 2 })])])).toContain('1.50 with ours')
  expect(toRenderSentence([rowOf([trip(35, { renders: 2 })])])).toContain('no more: missed); not measured and not')
  expect(toRenderSentence([speculating])).toContain('not measured without a worker')
  expect(toRenderSentence([speculating])).toContain('(goal: no more: not measured)')
})

// Proves that a move is held to its own goals alone, and that requests are counted by who makes them.

import { expect, it } from 'vitest'

import { PROFILES } from '../cells.ts'
import type { Move } from './moves.ts'
import { toMoveTable, type Trip } from './table.ts'

const move: Move = {
  name: 'a move',
  line: PROFILES['100/10'],
  page: '/links',
  after: 100,
  goals: { shell: 0.35, bytes: 0.3 },
}
const trip = (shell: number, bytes: number, prefetches: number, questions: number): Trip => ({
  shell,
  hole: shell,
  bytes,
  prefetches,
  questions,
})
const without = [trip(100, 1000, 120, 0)]
const linesOf = (ours: Trip): string[] =>
  toMoveTable([{ move, without, again: without, ours: [ours] }])
    .split('\n')
    .slice(2)

it('says which goals are met, and has none for the hole', () => {
  const [shell, hole, bytes] = linesOf(trip(35, 310, 0, 60))
  expect(shell).toContain('| 0.35 (0.35–0.35) | 1.00 (1.00–1.00) | 0.35: met |')
  expect(hole).toContain('| – |')
  expect(bytes).toContain('| 0.3: missed | 120 → 0 and 60 |')
})

it('meets no goal with what was not seen', () => {
  const [shell] = toMoveTable([{ move, without: [trip(Infinity, 1000, 0, 0)], again: without, ours: without }])
    .split('\n')
    .slice(2)
  expect(shell).toContain('| 0.35: not measured |')
  expect(linesOf(trip(Infinity, 310, 0, 60))[0]).toContain('| 0.35: not measured |')
})

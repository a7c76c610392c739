// Proves the figures in the tables: medians relative to no worker, and steps by the machine's clock.

import { expect, it } from 'vitest'

import { type EngineCell, STATES } from './cells.ts'
import { isAsMeant, toCounts, toEngineTable, toStartTable } from './table.ts'
import { type Trip, toTrip } from './trip.ts'

const [warm, cold] = STATES
const cellOf = (state = cold): EngineCell => {
  if (!state) throw new Error('there is no such state')
  return { engine: 'firefox', state, line: '100/10' }
}

const TIMES = {
  'first byte': 200,
  'first paint': 210,
  'shell painted': 208,
  'shell hydrated': 400,
  'hole painted': 500,
  'document parsed': 320,
}
const look = (times: Partial<typeof TIMES> = {}, served = ''): Parameters<typeof toTrip>[0]['look'] => ({
  began: 1_000_000,
  times: { ...TIMES, ...times },
  served,
  type: 'navigate',
})

const plain = (more: Partial<typeof TIMES> = {}): Trip =>
  toTrip({ look: look(more), bytes: 12_000, asked: [{ what: 'GET /watched', at: 1_000_020 }], came: 999_990 })
const ours = (began = 1_000_010, asked = 1_000_060): Trip =>
  toTrip({
    look: look({ 'first byte': 50 }, 'instant'),
    bytes: 9_000,
    asked: [
      { what: 'GET /sw.js', at: 1_000_001 },
      { what: 'POST /watched', at: 1_000_090 },
      { what: 'GET /_next/static/chunks/a.js', at: 1_000_200 },
    ],
    notes: { began, ran: 1_000_040, asked },
    came: 999_990,
  })
const row = (trips: readonly Trip[]) => ({
  cell: cellOf(),
  arms: [
    { name: 'no worker', trips: [plain({ 'first byte': 100 }), plain(), plain({ 'first byte': 300 })] },
    { name: 'ours', trips },
  ],
})

it('sees a worker that began after the visitor had set out, one that has ended since, and none', () => {
  const gone = ours(1_000_010, 0)
  expect([ours(), ours(999_000), gone, plain()].map(({ worker }) => worker)).toEqual(['cold', 'warm', 'gone', 'none'])
  const meant = (state = cold): boolean[] =>
    [ours(), ours(999_000), gone, plain()].map((trip) => isAsMeant(cellOf(state), trip))
  expect(meant()).toEqual([true, false, false, true])
  expect(meant(warm)).toEqual([false, true, false, true])
})

it('takes for the request the first one for the page, whatever went before it', () => {
  expect(ours().documents).toEqual(['POST /watched'])
  expect(ours().times['request on the line']).toBe(90)
})

it('has the median of each arm, with its ratio to the first', () => {
  const table = toEngineTable([row([ours(), ours(), ours()])])
  expect(table).toContain('| line | measure | no worker | ours |')
  expect(table).toContain('| 100 ms, 10 Mbit/s | first byte | 200 ms | 50 ms, 0.25 (0.17–0.50) |')
  expect(table).toContain('| 100 ms, 10 Mbit/s | bytes | 12000 B | 9000 B, 0.75 (0.75–0.75) |')
  expect(table).toContain('| 100 ms, 10 Mbit/s | documents | 1.00 | 1.00 |')
})

it('has a start step by step, and how much later the request is than without a worker', () => {
  expect(toStartTable([row([ours()])])).toContain(
    '| firefox | cold, by a link | 100 ms, 10 Mbit/s | ours | 10 | 40 | 60 | 90 | 50 | 70 |',
  )
})

it('says how visits were answered, and nothing of arms without a worker', () => {
  expect(toCounts(row([ours(), ours()]))).toBe('100 ms, 10 Mbit/s: no worker 3, ours 2 (2 from the shell, 2 by POST)')
})

it('leaves an arm without a visit empty, and compares nothing with one', () => {
  expect(toEngineTable([row([])])).toContain('| first byte | 200 ms | – |')
  const swapped = { ...row([]), arms: row([]).arms.toReversed() }
  expect(toEngineTable([swapped])).toContain('| first byte | – | 200 ms |')
})

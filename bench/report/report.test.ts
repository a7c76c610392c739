// Proves that a report can be made from any run: missing figures are named in words, and nothing is left out because of them.

import { expect, it } from 'vitest'

import { NO_WORKER, PRELOAD } from '../arms.ts'
import { CELLS, INTERACTIVE_CELLS, nameOf } from '../cells.ts'
import { drawCharts } from './charts.ts'
import { toRaw } from './raw.ts'
import { toReport } from './report.ts'
import type { Counted, Taken } from './summary.ts'
import { TIMES } from '../browser/visit.ts'

function visitOf(time: number): Counted {
  const times = Object.fromEntries(TIMES.map((name) => [name, time])) as Counted['times']
  return { times, down: 100, up: 100, renders: 1, isComplete: Number.isFinite(time), served: '' }
}

const VISITS = [visitOf(100), visitOf(Infinity), visitOf(Infinity)]
const ALL = [...CELLS, ...INTERACTIVE_CELLS]
const TAKEN: Taken[] = ALL.map((cell) => {
  const arms = cell.arms.filter((arm) => arm === NO_WORKER || arm === PRELOAD)
  return { cell: { ...cell, arms }, visits: new Map(arms.map(({ name }) => [name, VISITS])), load: 1 }
})

it('says never of what did not come, and no figure that is none', () => {
  const charts = drawCharts(TAKEN)
  const report = toReport({ machine: 'm', date: 'd', command: 'c', rounds: 3, taken: TAKEN, verified: [], charts })
  expect(report).toContain('never / never ms')
  expect(report).toContain('missed: it did not come')
  expect(report).not.toMatch(/NaN|Infinity|undefined/)
  for (const cell of ALL) expect(report).toContain(`### ${nameOf(cell)}\n`)
  for (const { file, svg } of charts) {
    expect(report).toContain(`(${file})`)
    expect(svg).not.toMatch(/NaN|Infinity|undefined/)
  }
})

it('gives each cell and each chart a name of its own', () => {
  expect(new Set(ALL.map(nameOf)).size).toBe(ALL.length)
  const files = drawCharts(TAKEN).map(({ file }) => file)
  expect(new Set(files).size).toBe(files.length)
})

it('keeps raw figures as JSON, null for what did not come', () => {
  const raw: unknown = JSON.parse(toRaw(TAKEN))
  expect(JSON.stringify(raw)).toContain('"FCP":[100,null,null]')
})

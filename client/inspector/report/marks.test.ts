// Proves that a report is drawn in order of time, and exported in the form that the command reads.

import { expect, it } from 'vitest'

import { isPageReport, type PageReport } from '../../../protocol/page/page-report.ts'
import { describe, endOf, marksOf, toLines } from './marks.ts'

const report: PageReport = {
  version: 1,
  group: 'worker',
  rung: 'instant',
  reloaded: false,
  offline: false,
  resting: false,
  ttfb: 12,
  fcp: 80,
  lcp: 410,
  hydrated: 180,
  holes: [300, 620],
}

it('has each mark where it happened', () => {
  expect(marksOf(report).map(({ name, at }) => `${name} ${at}`)).toEqual([
    'first byte 12',
    'first paint 80',
    'hydrated 180',
    'hole 300',
    'largest paint 410',
    'hole 620',
  ])
  expect(endOf(report)).toBe(620)
  expect(describe(report)).toMatch(/^first byte 12 ms, first paint 80 ms, .* hole 620 ms$/)
})

it('has none of what was not measured', () => {
  const bare: PageReport = {
    version: 1,
    group: 'worker',
    rung: 'network',
    reloaded: false,
    offline: false,
    resting: false,
    holes: [],
  }
  expect([marksOf(bare), endOf(bare), describe(bare)]).toEqual([[], 0, ''])
})

it('exports one report a line', () => {
  const lines = toLines([report, report]).split('\n')
  expect(lines.pop()).toBe('')
  expect(lines.map((line) => isPageReport(JSON.parse(line)))).toEqual([true, true])
})

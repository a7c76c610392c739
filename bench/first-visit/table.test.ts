// Proves that the bytes and the times of a first visit are held to their limits, and that the duration of its downloads has none.

import { expect, it } from 'vitest'

import { type FirstVisit, toFirstVisitTable } from './table.ts'

const visit = (time: number, bytes: number): FirstVisit => ({
  firstByte: time,
  fcp: time,
  end: time,
  load: time,
  quiet: time * 10,
  bytes,
})
const without = [visit(100, 1000), visit(100, 1000)]
const table = (...ours: FirstVisit[]): string =>
  toFirstVisitTable([{ size: { pages: 120, inlineCss: true }, without, again: without, ours }])
const lineOf = (text: string, measure: string): string =>
  text.split('\n').find((line) => line.includes(`| ${measure} |`)) ?? ''

it('takes twice the bytes for the most', () => {
  expect(lineOf(table(visit(100, 2000), visit(100, 2000)), 'bytes')).toContain(
    '2.00 (2.00–2.00) | 1.00 (1.00–1.00) | 2: met',
  )
  expect(lineOf(table(visit(100, 2100), visit(100, 2100)), 'bytes')).toContain('2: missed')
})

it('holds each time to 1.02, and says where chance decides', () => {
  expect(lineOf(table(visit(110, 1000), visit(110, 1000)), 'first paint')).toMatch(/1\.02: missed \|$/)
  expect(lineOf(table(visit(90, 1000), visit(130, 1000)), 'load')).toContain('1.02: missed, within noise')
})

it('has no limit for how long the worker goes on behind the page', () => {
  expect(lineOf(table(visit(300, 1000), visit(300, 1000)), 'until quiet')).toMatch(/– \|$/)
})

import { expect, it } from 'vitest'

import { COLUMNS, documentOf, resultsOf } from './hosts-report.mjs'

const TITLES = ['opens at the second visit', 'opens without a network', 'is told by doctor', 'deploys `uninstall`']

function report(failing?: string): object {
  const specs = TITLES.map((title) => ({
    title,
    tests: [
      {
        status: title === failing ? 'unexpected' : 'expected',
        annotations: [{ type: 'seen', description: `seen of ${title}` }],
        results: [title === failing ? { error: { message: '\u001B[31mError: gone\u001B[39m\nat a line' } } : {}],
      },
    ],
  }))
  return { suites: [{ specs: [], suites: [{ specs }] }] }
}

it('says of each column what was seen and what failed', () => {
  const results = resultsOf(report('opens without a network'))
  expect(results.map(({ failed }) => failed)).toEqual([[], ['Error: gone'], [], []])
  expect(results[2]?.seen).toEqual(['seen of is told by doctor'])
})

it('does not take a run without a report for one that passed', () => {
  expect(resultsOf(undefined).map(({ failed }) => failed)).toEqual(COLUMNS.map(() => ['no test ran']))
})

it('has a row for a host that could not be built, and says what stopped it', () => {
  const rows = [
    { title: 'A', date: '2026-11-30', versions: { next: '16.4.6' }, results: resultsOf(report()) },
    { title: 'B', date: '2026-11-30', stopped: 'No such package\nat a line' },
  ]
  const document = documentOf(rows)
  expect(document).toMatch(/\| A +\| yes +\| yes +\| yes +\| yes +\| next 16\.4\.6 \| 2026-11-30 \|/)
  expect(document).toMatch(/\| B +\| not run/)
  expect(document).toContain('- B could not be built: No such package')
})

it('says which check of doctor fails on a host that works all the same', () => {
  const results = resultsOf(report())
  const told = results.map((result, at) =>
    at === 2 ? { ...result, seen: ['fail resume: A POST gets 405. warn compression: None.'] } : result,
  )
  expect(documentOf([{ title: 'A', date: '2026-11-30', results: told }])).toMatch(
    /\| A +\| yes +\| yes +\| fails: resume +\|/,
  )
})

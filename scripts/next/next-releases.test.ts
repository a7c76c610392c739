// Proves which releases `npm run test:next` runs on, and that its table never shows something as working that did not run.

import { expect, it } from 'vitest'

import suite from '../../e2e/playwright.config.ts'
import { chooseReleases, compare } from './next-releases.mjs'
import { COLUMNS, documentOf, MAIN_PART, REPORT, resultsOf, tableOf } from './next-report.mjs'

it('chooses the lowest, the first of each minor, the newest, and the highest canary, whatever the order', () => {
  const versions = [
    '16.4.0',
    '16.2.4',
    '16.2.12',
    '16.4.10',
    '16.4.9',
    '16.2.5',
    '16.5.0-canary.9',
    '16.3.0',
    '16.5.0-canary.38',
  ]
  expect(chooseReleases(versions, '16.2.5')).toEqual(['16.2.5', '16.3.0', '16.4.0', '16.4.10', '16.5.0-canary.38'])
})

it('leaves out a canary that the newest release is ahead of', () => {
  expect(chooseReleases(['16.5.0-canary.38', '16.5.0'], '16.2.5')).toEqual(['16.5.0'])
  expect(compare('16.10.0', '16.9.0')).toBeGreaterThan(0)
  expect(compare('16.5.0-canary.9', '16.5.0-canary.38')).toBeLessThan(0)
})

const run = { version: '16.2.5', date: '2026-11-29', seconds: 240 }

it('counts what did not run as failed', () => {
  const results = resultsOf(undefined)
  expect(results.map(({ failed }) => failed)).toEqual(COLUMNS.map(() => ['no test ran']))
  expect(tableOf([{ ...run, results }])).not.toContain('yes')
  expect(documentOf([{ ...run, results }], '16.2.5')).toContain('- Next 16.2.5, visits: no test ran')
})

it('reads the results where the suite writes them', () => {
  expect(JSON.stringify(suite.reporter)).toContain(`/${REPORT}"`)
})

it('runs the tests of its columns and no others', () => {
  const path = 'changes/freshness.spec.ts'
  expect(MAIN_PART.test(`${path} shows at the second navigation what a tag has revalidated at once on /`)).toBe(true)
  expect(MAIN_PART.test(`${path} shows at the second navigation what a tag has revalidated at once on /whole`)).toBe(
    false,
  )
  expect(MAIN_PART.test('no-network/offline.spec.ts firefox follows links without a server')).toBe(false)
})

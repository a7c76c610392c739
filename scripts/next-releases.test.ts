// Proves which releases a run of `npm run test:next` is on, and that its table never shows what did not run as working.

import { expect, it } from 'vitest'

import { chooseReleases, compare } from './next-releases.mjs'
import { COLUMNS, resultsOf, tableOf } from './next-report.mjs'

it('chooses the lowest, the first and the newest of each minor, and the highest canary, whatever the order', () => {
  const versions = ['16.4.0', '16.2.4', '16.2.12', '16.2.5', '16.5.0-canary.9', '16.3.0', '16.5.0-canary.38']
  expect(chooseReleases(versions, '16.2.5')).toEqual(['16.2.5', '16.2.12', '16.3.0', '16.4.0', '16.5.0-canary.38'])
})

it('leaves out a canary that the newest release is ahead of', () => {
  expect(chooseReleases(['16.5.0-canary.38', '16.5.0'], '16.2.5')).toEqual(['16.5.0'])
  expect(compare('16.10.0', '16.9.0')).toBeGreaterThan(0)
  expect(compare('16.5.0-canary.9', '16.5.0-canary.38')).toBeLessThan(0)
})

it('counts what did not run as failed', () => {
  const results = resultsOf(undefined)
  expect(results.map(({ failed }) => failed)).toEqual(COLUMNS.map(() => ['no test ran']))
  expect(tableOf([{ version: '16.2.5', results }])).not.toContain('yes')
})

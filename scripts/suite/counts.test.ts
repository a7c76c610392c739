// Proves that a run never passes because its results are missing.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, expect, it } from 'vitest'

import { playwrightCounts, vitestCounts } from './counts.mjs'

const folder = mkdtempSync(join(tmpdir(), 'shell-cache-counts-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function report(text: string): string {
  const file = join(folder, 'report.json')
  writeFileSync(file, text)
  return file
}

const ONE_FAILURE = { passed: 0, failed: 1, skipped: 0 }

it('takes a report that is missing, or was not written to its end, for a failure', () => {
  for (const counts of [vitestCounts, playwrightCounts]) {
    expect(counts(join(folder, 'none.json'))).toEqual(ONE_FAILURE)
    expect(counts(report('{"numPassedTests": 12'))).toEqual(ONE_FAILURE)
    expect(counts(report(''))).toEqual(ONE_FAILURE)
  }
})

it('counts a test file that does not load', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'passed', assertionResults: [] },
  ]
  const text = JSON.stringify({ numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, testResults })
  expect(vitestCounts(report(text))).toEqual({ passed: 3, failed: 1, skipped: 1 })
})

it('counts what is flaky, and what broke outside of a test, as failed', () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }
  expect(playwrightCounts(report(JSON.stringify({ stats, errors: [{}] })))).toEqual({
    passed: 5,
    failed: 3,
    skipped: 2,
  })
})

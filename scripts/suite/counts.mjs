// Reads from a runner's JSON report how many checks passed and failed. A missing report is one failure.

import { readFileSync } from 'node:fs'

export function vitestCounts(file) {
  const report = readReport(file)
  return report
    ? {
        passed: report.numPassedTests,
        failed: report.numFailedTests + countBroken(report),
        skipped: report.numPendingTests,
      }
    : NO_REPORT
}

/** A test file that does not load has no failed test, so it is counted itself. */
function countBroken({ testResults }) {
  return testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
    .length
}

export function playwrightCounts(file) {
  const report = readReport(file)
  if (!report) return NO_REPORT
  const { expected, unexpected, flaky, skipped } = report.stats
  return { passed: expected, failed: unexpected + flaky + report.errors.length, skipped }
}

/** The counts that scripts/suite/counted.mjs has written. */
export function ownCounts(file) {
  return readReport(file) ?? NO_REPORT
}

const NO_REPORT = { passed: 0, failed: 1, skipped: 0 }

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

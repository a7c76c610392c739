// How many checks of a runner passed and failed, out of its JSON report. A report that is missing is one failure.

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

/** A test file that does not even load has no failed test of its own. */
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

/** What scripts/suite/counted.mjs has left. */
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

// The fault matrix (e2e/fault-matrix/fault-index.ts) in three browsers: whatever breaks, the visitor gets the page, with at most one
// extra navigation, never a blank frame, never an unhandled rejection. Each row has its number in the matrix. fault-index.ts names the
// tests of the faults that cannot be provoked from outside. The worker resumes by POST here; preload-faults.spec.ts has all rows in
// Chromium with the default.

import { ENGINES } from '../../engines/driver.ts'
import { test } from '../../engines/fixtures.ts'
import { testFaults } from '../../fault-matrix/fault-tests.ts'

for (const engine of ENGINES)
  test.describe(engine, { tag: [`@${engine}`, '@post'] }, () => {
    testFaults(engine, engine, ({ documents }) => [documents])
  })

// The fault matrix (e2e/fault-matrix/fault-index.ts) in three browsers: whatever breaks, the visitor gets the page, with one
// navigation more at the most, never a blank frame, never a rejection that no one handles. A row's name is its number there;
// what no browser can be made to do from outside stands in fault-index.ts, with the test that shows it. The worker asks by POST here;
// preload-faults.spec.ts has all rows in Chromium as it asks by default.

import { ENGINES } from '../../engines/driver.ts'
import { test } from '../../engines/fixtures.ts'
import { testFaults } from '../../fault-matrix/fault-tests.ts'

for (const engine of ENGINES)
  test.describe(engine, { tag: [`@${engine}`, '@post'] }, () => {
    testFaults(engine, engine, ({ documents }) => [documents])
  })

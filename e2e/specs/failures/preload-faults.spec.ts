// The fault matrix once more, where the browser's navigation preload carries the question: a fault meets another request then.

import { test } from '../../engines/fixtures.ts'
import { testFaults } from '../../fault-matrix/fault-tests.ts'

test.use({ app: 'faults-preload' })
test.describe('chromium by preload', () => {
  testFaults('chromium by preload', 'chromium', ({ preloaded, sooner, documents }) => [
    preloaded ?? documents,
    ...(sooner ? [sooner] : []),
  ])
})

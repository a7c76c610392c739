// The fault matrix again, with navigation preload: the browser's own request asks for the resume, so a fault hits another request.

import { test } from '../../engines/fixtures.ts'
import { testFaults } from '../../fault-matrix/fault-tests.ts'

test.use({ app: 'faults-preload' })
test.describe('chromium by preload', () => {
  testFaults('chromium by preload', 'chromium', ({ preloaded, sooner, documents }) => [
    preloaded ?? documents,
    ...(sooner ? [sooner] : []),
  ])
})

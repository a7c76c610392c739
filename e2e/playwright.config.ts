// Runs the suite in a real Chromium (browser.ts) against real builds. There are no retries: a test that fails once has failed.

import { join } from 'node:path'

import { defineConfig } from '@playwright/test'

import { WORK } from './harness/paths.ts'
import { EXPECT_MS, TEST_MS } from './harness/timeouts.ts'
import { filterOf } from './parts.ts'

export default defineConfig({
  testDir: './specs',
  testMatch: '*.spec.ts',
  ...filterOf(process.env['SHELL_CACHE_PART']),
  globalSetup: './harness/builds/global-setup.ts',
  outputDir: join(WORK, 'results'),
  // The test that compares the snapshots also makes them.
  snapshotPathTemplate: join(WORK, 'results', '{testFileName}-{arg}{ext}'),
  // The tests of a file run one after the other in one worker, where they share servers and browsers.
  fullyParallel: false,
  workers: 2,
  retries: 0,
  timeout: TEST_MS,
  expect: { timeout: EXPECT_MS },
  use: { screenshot: 'only-on-failure' },
  reporter: [
    ['./harness/progress.ts'],
    ['./fault-matrix/fault-table.ts'],
    ['json', { outputFile: join(WORK, 'reports', 'e2e.json') }],
  ],
})

// The suite in a real Chromium (browser.ts) against real builds. No retries: a test that fails once has failed.

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
  // Made by the test that looks at them.
  snapshotPathTemplate: join(WORK, 'results', '{testFileName}-{arg}{ext}'),
  // A file's tests follow each other in one worker: they share servers and browsers there.
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

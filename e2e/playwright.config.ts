// The suite in a real Chromium (browser.ts) against real builds. No retries: a test that fails once has failed.

import { join } from 'node:path'

import { defineConfig } from '@playwright/test'

import { WORK } from './harness/paths.ts'

export default defineConfig({
  testDir: './specs',
  testMatch: '*.spec.ts',
  globalSetup: './harness/builds/global-setup.ts',
  outputDir: join(WORK, 'results'),
  // Made by the test that looks at them.
  snapshotPathTemplate: join(WORK, 'results', '{testFileName}-{arg}{ext}'),
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  reporter: [['list'], ['./fault-matrix/fault-table.ts'], ['json', { outputFile: join(WORK, 'e2e.json') }]],
})

// Tests one host in a real Chromium (`npm run test:hosts`). scripts/test-hosts.mjs has built its app before.

import { join } from 'node:path'

import { defineConfig } from '@playwright/test'

import { WORK } from '../harness/paths.ts'
import { EXPECT_MS, TEST_MS } from '../harness/timeouts.ts'

export default defineConfig({
  testDir: '.',
  testMatch: 'host.spec.ts',
  outputDir: join(WORK, 'results-hosts'),
  workers: 1,
  retries: 0,
  timeout: TEST_MS,
  expect: { timeout: EXPECT_MS },
  use: { screenshot: 'only-on-failure' },
  reporter: [['list'], ['json', { outputFile: join(WORK, 'reports', 'hosts.json') }]],
})

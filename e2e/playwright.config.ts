// The suite in a real Chromium against real builds. Debian's package where it is installed (CHROMIUM_PATH names another),
// else Playwright's own. No retries: a test that fails once has failed.

import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { defineConfig } from '@playwright/test'

import { WORK } from './paths.ts'

const candidates = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/google-chrome']
export const CHROMIUM: string | undefined = candidates.find((path) => path !== undefined && existsSync(path))

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  globalSetup: './global-setup.ts',
  outputDir: join(WORK, 'results'),
  // Made by the test that looks at them.
  snapshotPathTemplate: join(WORK, 'results', '{testFileName}-{arg}{ext}'),
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  reporter: [['list'], ['./fault-table.ts'], ['json', { outputFile: join(WORK, 'e2e.json') }]],
})

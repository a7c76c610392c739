// Runs a suite in which every test must fail, for e2e/specs/tools/playwright-messages.spec.ts, which reads the messages.

import { defineConfig } from '@playwright/test'

import { FLAGS, WHOLE_BROWSER } from '../harness/browser.ts'

export default defineConfig({
  testMatch: 'failing.ts',
  expect: { timeout: 500 },
  use: {
    baseURL: process.env['SUITE_ORIGIN'] ?? '',
    launchOptions: { args: FLAGS, ...WHOLE_BROWSER },
  },
})

// Unit tests, beside what they test. The real Next and the real browser are e2e's (scripts/e2e.mjs).

import { defineConfig } from 'vitest/config'

/** For a quiet machine, times what `npm test` has measured of this one (scripts/suite/calibrate.mjs). */
const TIMEOUT_MS = 60_000 * Number(process.env['SHELL_CACHE_SLOWNESS'] ?? 1)

export default defineConfig({
  test: {
    include: ['{protocol,seal,adapter-plugin,origin,sw,client,cli,playwright,bench,e2e,scripts,docs}/**/*.test.ts'],
    setupFiles: ['sw/util/test-setup.ts'],
    // A quarter less CPU than processes; each file has a fresh one all the same.
    pool: 'threads',
    restoreMocks: true,
    // No test is one of time, and a busy machine has stalled for seconds.
    testTimeout: TIMEOUT_MS,
    hookTimeout: TIMEOUT_MS,
  },
})

// Unit tests, beside what they test. The real Next and the real browser are e2e's (scripts/e2e.mjs).

import { availableParallelism } from 'node:os'

import { defineConfig } from 'vitest/config'

/** For a quiet machine, times what `npm test` has measured of this one (scripts/suite/calibrate.mjs). */
const TIMEOUT_MS = 60_000 * Number(process.env['SHELL_CACHE_SLOWNESS'] ?? 1)

/** Of every unit test; the mutants' are run so, too (scripts/mutation/vitest.config.ts). */
export const shared = {
  setupFiles: ['sw/util/test-setup.ts'],
  // A quarter less CPU than processes.
  pool: 'threads',
  restoreMocks: true,
  unstubGlobals: true,
  // No test is one of time, and a busy machine has stalled for seconds.
  testTimeout: TIMEOUT_MS,
  hookTimeout: TIMEOUT_MS,
} as const

export default defineConfig({
  test: {
    // Vitest leaves one core to itself, which it does not need on two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        // What remembers while it runs: a connection to the database, a hook into Next, what was said once. Each file has its own.
        test: { ...shared, name: 'own modules', include: ['{origin,sw,adapter-plugin,seal}/**/*.test.ts'] },
      },
      {
        // What remembers nothing between two calls. Half the CPU of a file is the import of its modules, which these share.
        test: {
          ...shared,
          name: 'shared modules',
          include: ['{protocol,client,cli,playwright,bench,e2e,scripts,docs}/**/*.test.ts'],
          isolate: false,
        },
      },
    ],
  },
})

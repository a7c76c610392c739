// How long the suite waits before it considers something broken. A timeout is no measurement: each is many times what a quiet machine
// needs, and all of them grow with the machine's slowness, which `npm test` measures before it starts (scripts/suite/calibrate.mjs).

/** How many times slower this machine is than a quiet one; 1 if it was not measured. */
export const SLOWNESS: number = Math.max(1, Number(process.env['SHELL_CACHE_SLOWNESS'] ?? 1) || 1)

/** @param milliseconds - For a quiet machine. */
export function scaled(milliseconds: number): number {
  return Math.ceil(milliseconds * SLOWNESS)
}

/** One test, with everything that it starts. */
export const TEST_MS: number = scaled(240_000)

/** One state that a page, a server or a worker has to reach. */
export const EXPECT_MS: number = scaled(60_000)

/** One response on a socket. */
export const ANSWER_MS: number = scaled(60_000)

/** A whole Playwright suite in its own process; less than the test that starts it has. */
export const SUITE_MS: number = scaled(200_000)

/** How long the suite's apps wait for the database, so that a busy machine does not choose the rung of the ladder. */
export const STORE_MS: number = scaled(5000)

/** After this time they treat the network as offline. On a quiet machine it is the package's default. */
export const OFFLINE_MS: number = scaled(4000)

// How long the suite waits before it calls something broken. A timeout is no measurement: each is many times what a quiet machine
// takes, and all of them grow with the machine's slowness, which `npm test` measures before it starts (scripts/suite/calibrate.mjs).

/** How many times slower this machine is than a quiet one; 1 where nothing has measured it. */
export const SLOWNESS: number = Math.max(1, Number(process.env['SHELL_CACHE_SLOWNESS'] ?? 1) || 1)

/** @param milliseconds - For a quiet machine. */
export function scaled(milliseconds: number): number {
  return Math.ceil(milliseconds * SLOWNESS)
}

/** One test with all that it starts. */
export const TEST_MS: number = scaled(240_000)

/** One thing that a page, a server or a worker is to come to. */
export const EXPECT_MS: number = scaled(60_000)

/** One answer on a socket. */
export const ANSWER_MS: number = scaled(60_000)

/** A whole suite of Playwright in a process of its own; less than its test has. */
export const SUITE_MS: number = scaled(200_000)

/** What apps of the suite give the database, so that a busy machine does not choose the rung of the ladder. */
export const STORE_MS: number = scaled(5000)

/** After which they take a network for none: the package's own default, where the machine is quiet. */
export const OFFLINE_MS: number = scaled(4000)

/**
 * Playwright's own `test` and `expect`, with a fixture for apps that answer second visits from the browser.
 *
 * @packageDocumentation
 */

export { test, type ShellCacheFixtures } from './fixture.ts'
export { expect, type ShellCacheMatchers } from './matcher.ts'
export { shellCacheOf, type PageShellCache, type ShellCache } from './shell-cache.ts'
export type { StoredPage } from './records.ts'
export type { Outcome, ServedShell } from '../protocol/wire.ts'

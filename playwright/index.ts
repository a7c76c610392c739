/**
 * Playwright's own `test` and `expect`, with what an app takes whose second visit comes from the visitor's browser.
 *
 * @packageDocumentation
 */

export { test, type ShellCacheFixtures } from './fixture.ts'
export { expect, type ShellCacheMatchers } from './matcher.ts'
export { shellCacheOf, type PageShellCache, type ShellCache } from './shell-cache.ts'
export type { StoredPage } from './records.ts'
export type { Outcome, ServedShell } from '../protocol/wire.ts'

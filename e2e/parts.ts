// Assigns each browser test to a command. `npm test` runs all tests except those of two longer commands:
//
//   `npm run test:engines`  the tests of Firefox and WebKit, and of the fault matrix by POST, that IN_EVERY_ENGINE does not name
//   `npm run test:long`     LONG
//
// A test's title and tags decide its part. A new test is in `npm test` unless it has the tag `@firefox`, `@webkit` or `@post`. Both
// commands run on every push and every night in CI. parts.test.ts proves that no row of the fault matrix and no test is left out.

export const PARTS = ['test', 'engines', 'long'] as const
export type Part = (typeof PARTS)[number]

/**
 * What another engine may do differently from Chromium: a first visit, the ways to reach a page, a stream that breaks, a deploy, the
 * worker's removal. What only worker code decides is the same in each engine, so `npm test` has it in Chromium only, with each row of
 * the fault matrix by preload, which is the default there.
 */
export const IN_EVERY_ENGINE: readonly string[] = [
  // A first visit, and a later one by POST.
  'F0 nothing is broken',
  'asks by POST, once for each page',
  'turns off what Serwist has turned on',
  // A page that starts before its origin has answered.
  'a page is interactive before its rest comes, and keeps what was done in it',
  'a page that began early is whole with its rest, and without one like any other',
  // Without a network, by address, reload, back and forward.
  'opens, reloads and goes back to every route without a server',
  'F15 the network goes away behind the shell and comes back',
  // A stream that breaks, a page that the router leaves, a reload.
  'F18 the resume breaks off',
  'F31 a hole redirects',
  'F34 the visitor reloads',
  // A guard, and the site that a navigation comes from.
  'F12 F28 shows a guarded page after its verdict, and redirects whom the guard turns away',
  'makes no request of its own for what a link of another site leads to',
  // A deploy, and the worker's removal.
  'F22 a new worker takes over while the page streams',
  'F42 takes itself away if the kill switch is deployed',
]

/** Soak tests, and longer versions of other tests. The comment above each says what of it stays in `npm test`. */
export const LONG: readonly string[] = [
  // The rows of the fault matrix, one by one.
  'stands many navigations with a random fault each',
  // early-start.spec.ts, with one visit.
  'stands many visits to pages that begin early',
  // The gate's tests, fuzz.spec.ts and refused-work.spec.ts, with the same requests in small numbers.
  'answers each of many hostile requests, and keeps nothing of them',
  // The same types resolved as `nodenext` by the same compiler, and resolved as `bundler` by TypeScript 7.
  'has types that the TypeScript of lowest takes in strict mode, resolved as bundler',
]

const titles = (all: readonly string[]): string =>
  all.map((title) => title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')

/** A title ends at the test's own tags or at the end of the text. The titles of its `describe` come before it. */
const named = (all: readonly string[]): string => ` (?:${titles(all)})(?: @|$)`
const ELSEWHERE = new RegExp(`^(?!.*${named(IN_EVERY_ENGINE)}).* @(?:firefox|webkit|post)\\b`, 's')
const AT_LENGTH = new RegExp(named(LONG), 's')

type Filter = { readonly grep?: RegExp; readonly grepInvert?: RegExp | RegExp[] }

const FILTERS: Readonly<Record<Part, Filter>> = {
  test: { grepInvert: [ELSEWHERE, AT_LENGTH] },
  engines: { grep: ELSEWHERE, grepInvert: AT_LENGTH },
  long: { grep: AT_LENGTH },
}

/** For Playwright's config. If no part is named, as in a run by hand, it selects all tests. */
export function filterOf(named: string | undefined): Filter {
  const part = PARTS.find((known) => known === named)
  if (part) return FILTERS[part]
  if (named) throw new Error(`SHELL_CACHE_PART is ${named}, and there is no such part: ${PARTS.join(', ')}`)
  return {}
}

// Paths of a pattern that a rule of the app is for: a redirect from an old URL beside a catch-all, a rewrite of one name, a header on one
// page. They are `off`, and the pattern is judged as if the rule were not there. Pure.

import { excepts, isDynamic } from '../../../protocol/build/route-match.ts'
import type { PathRule } from '../../build-context.ts'
import { belowBasePath, exceptionsOf, type Spelling } from './path-overlap.ts'

/** What answers some paths of a pattern in its place; the others open from its shell. */
export type Exception = {
  /** As a person has written the rule, without the base path. */
  readonly source: string
  /** For the route table (protocol/build/route-match.ts). */
  readonly globs: readonly string[]
  readonly reason: string
}

/** @returns undefined where the rule is more than an exception: then the pattern itself is what it guards. */
export function toException(rule: PathRule, key: string, reason: string, spelling: Spelling): Exception | undefined {
  const globs = isDynamic(key) ? exceptionsOf(rule, key, spelling) : undefined
  return globs && { source: belowBasePath(rule.source ?? '', spelling.basePath), globs, reason }
}

/** True for a page that the pattern's shell must not open. */
export function isExcepted(key: string, except: readonly Exception[]): boolean {
  return excepts({ except: toExcept(except) }, key)
}

/** More than these would be a table that takes a worker longer to read than its shells save. */
const MOST_GLOBS = 1000

/** False where there are too many to be told apart one by one. */
export function areFew(except: readonly Exception[]): boolean {
  return toExcept(except).length <= MOST_GLOBS
}

/** Each once. */
export function toExcept(except: readonly Exception[]): readonly string[] {
  return [...new Set(except.flatMap(({ globs }) => globs))]
}

// Finds the few paths of a pattern to which a rule of the app applies: a redirect from an old URL next to a catch-all, a rewrite of one
// name, a header on one page. These paths are `off`, and the pattern is classified as if the rule did not exist. Pure.

import { excepts, isDynamic } from '../../../protocol/build/route-match.ts'
import type { PathRule } from '../../build-context.ts'
import { belowBasePath, exceptionsOf, type Spelling } from './path-overlap.ts'

/** A rule that answers some paths of a pattern instead of it. The other paths open from its shell. */
export type Exception = {
  /** The rule as it was written in the config, without the base path. */
  readonly source: string
  /** For the route table (protocol/build/route-match.ts). */
  readonly globs: readonly string[]
  readonly reason: string
}

/** @returns undefined if the rule is more than an exception. Then it guards the pattern itself. */
export function toException(rule: PathRule, key: string, reason: string, spelling: Spelling): Exception | undefined {
  const globs = isDynamic(key) ? exceptionsOf(rule, key, spelling) : undefined
  return globs && { source: belowBasePath(rule.source ?? '', spelling.basePath), globs, reason }
}

/** True for a page that must not open from the pattern's shell. */
export function isExcepted(key: string, except: readonly Exception[]): boolean {
  return excepts({ except: toExcept(except) }, key)
}

/** With more globs, a worker would take longer to read the table than its shells save. */
const MOST_GLOBS = 1000

/** False if there are too many to list each of them. */
export function areFew(except: readonly Exception[]): boolean {
  return toExcept(except).length <= MOST_GLOBS
}

/** All globs, each once. */
export function toExcept(except: readonly Exception[]): readonly string[] {
  return [...new Set(except.flatMap(({ globs }) => globs))]
}

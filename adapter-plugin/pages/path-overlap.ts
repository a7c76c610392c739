// Whether a rule's path (path-to-regexp, as in a proxy's matcher or in `headers()`) meets the paths of a route. For a concrete page
// the rule's regular expression says it exactly. For a pattern it is proven segment by segment: `none` and `all` only where they
// hold for every path, `some` for all that is left. Rules that carry a locale are beyond it (supported.ts). Pure.

import { isDynamic } from '../../protocol/route-match.ts'
import type { PathRule } from '../build-context.ts'

export type Overlap = 'none' | 'some' | 'all'

/** How this app spells a page's path. The other form of a trailing slash is a redirect, which no record answers. */
export type Spelling = { readonly basePath: string; readonly trailingSlash: boolean }

/** @param key - A record's key. */
export function overlapOf(rule: PathRule, key: string, spelling: Spelling): Overlap {
  if (!isDynamic(key)) return pathOverlap(rule, key, spelling)
  if (rule.source === undefined) return 'some'
  return segmentOverlap(toSourceSegments(belowBasePath(rule.source, spelling.basePath)), key.split('/').filter(Boolean))
}

/** The path of a concrete page as a request spells it; what a rule sees of it. */
export function requestPath(key: string, { basePath, trailingSlash }: Spelling): string {
  const path = key === '/' ? basePath : basePath + key
  return trailingSlash || path === '' ? `${path}/` : path
}

/** Next asks a matcher for the path as it came and decoded. */
function pathOverlap(rule: PathRule, key: string, spelling: Spelling): Overlap {
  const path = requestPath(key, spelling)
  const matches = [path, decodeURIComponent(path)].filter((spelled) => rule.regex.test(spelled)).length
  return matches === 0 ? 'none' : matches === 2 ? 'all' : 'some'
}

/** A proxy's `source` comes without the base path, every other rule's with it. */
function belowBasePath(source: string, basePath: string): string {
  return basePath !== '' && (source === basePath || source.startsWith(`${basePath}/`))
    ? source.slice(basePath.length)
    : source
}

/** Splits at slashes outside of groups: `/:path((?!api|_next/static).*)` is one segment. */
function toSourceSegments(source: string): string[] {
  const segments = ['']
  let depth = 0
  for (const character of source) {
    if (character === '(' || character === '{') depth++
    if (character === ')' || character === '}') depth--
    if (character === '/' && depth === 0) segments.push('')
    else segments.push((segments.pop() ?? '') + character)
  }
  return segments.filter(Boolean)
}

function segmentOverlap(source: readonly string[], pattern: readonly string[]): Overlap {
  let all = true
  for (let at = 0; ; at++) {
    const [rule, segment] = [source[at], pattern[at]]
    if (rule === undefined) return endOverlap(segment, all)
    const kind = kindOf(rule)
    if (kind === 'rest') return all && at === source.length - 1 && isAnswered(rule, segment) ? 'all' : 'some'
    if (kind === 'other' || isRest(segment)) return 'some'
    if (segment === undefined) return 'none'
    if (kind === 'param') continue
    if (!isDynamic(segment)) {
      if (decode(rule).toLowerCase() !== decode(segment).toLowerCase()) return 'none'
    } else all = false
  }
}

/** The rule has ended: what is left of the pattern must be able to be nothing. */
function endOverlap(segment: string | undefined, all: boolean): Overlap {
  if (segment === undefined) return all ? 'all' : 'some'
  return isOptional(segment) ? 'some' : 'none'
}

/** Whether a rest that ends a rule takes every end that a pattern has from `segment` on. Only `:path*` takes none at all. */
function isAnswered(rest: string, segment: string | undefined): boolean {
  return segment === undefined ? rest.endsWith('*') : !isOptional(segment)
}

/** `(.*)` is how Next's documents write "everything" in `headers()`. */
function kindOf(rule: string): 'literal' | 'param' | 'rest' | 'other' {
  if (/^:\w+$/.test(rule)) return 'param'
  if (/^:\w+[*+]$|^(?::\w+)?\(\.\*\)$/.test(rule)) return 'rest'
  return /[:(){}*+?\\]/.test(rule) ? 'other' : 'literal'
}

function isRest(segment: string | undefined): boolean {
  return segment !== undefined && segment.includes('[...')
}

function isOptional(segment: string | undefined): boolean {
  return segment !== undefined && segment.startsWith('[[')
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

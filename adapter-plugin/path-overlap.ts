// Whether a rule's path (path-to-regexp, as in a proxy's matcher or in `headers()`) meets the paths of a route. For a concrete
// page the rule's regular expression says it exactly. For a pattern it is proven segment by segment: `none` and `all` only
// where they hold for every path, `some` for all that is left. Pure; called by classify.ts and headers.ts.

import { isDynamic } from '../protocol/route-match.ts'
import type { PathRule } from './build-context.ts'

export type Overlap = 'none' | 'some' | 'all'

/** @param key - A record's key. @param basePath - Rules are written with it or without; both forms are tried. */
export function overlapOf(rule: PathRule, key: string, basePath: string): Overlap {
  if (!isDynamic(key)) return pathsOf(key, basePath).some((path) => rule.regex.test(path)) ? 'all' : 'none'
  if (rule.source === undefined) return 'some'
  return segmentOverlap(toSourceSegments(belowBasePath(rule.source, basePath)), key.split('/').filter(Boolean))
}

/** As the router may be shown it: encoded and decoded, with and without the trailing slash. */
function pathsOf(key: string, basePath: string): string[] {
  const paths = [key, decodeURIComponent(key)].map((path) => (path === '/' ? basePath || '/' : basePath + path))
  return paths.flatMap((path) => [path, path.endsWith('/') ? path : `${path}/`])
}

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
    if (kind === 'rest')
      return all && (segment !== undefined || rule.endsWith('*')) && !isOptional(segment) ? 'all' : 'some'
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

function kindOf(rule: string): 'literal' | 'param' | 'rest' | 'other' {
  if (/^:\w+$/.test(rule)) return 'param'
  if (/^:\w+[*+]$/.test(rule)) return 'rest'
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

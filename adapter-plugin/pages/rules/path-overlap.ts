// Decides whether a rule's path (path-to-regexp, as in a proxy's matcher or in `headers()`) matches the paths of a route. For a concrete
// page the rule's regular expression gives an exact answer. For a pattern it is proven segment by segment: `none` and `all` only if
// they hold for every path, otherwise `some`. Rules with a locale are not supported (supported.ts). Pure.

import { globOf, isDynamic } from '../../../protocol/build/route-match.ts'
import type { PathRule } from '../../build-context.ts'
import { type RuleSegment, toAlternatives } from './rule-segments.ts'

export type Overlap = 'none' | 'some' | 'all'

/** How this app spells a page's path. With the other form of the trailing slash it is a redirect, which no record answers. */
export type Spelling = { readonly basePath: string; readonly trailingSlash: boolean }

/** @param key - A record's key. */
export function overlapOf(rule: PathRule, key: string, spelling: Spelling): Overlap {
  if (!isDynamic(key)) return pathOverlap(rule, key, spelling)
  if (rule.source === undefined) return 'some'
  return patternOverlap(toAlternatives(belowBasePath(rule.source, spelling.basePath)), key)
}

/** The path of a concrete page as a request spells it, and as a rule sees it. */
export function requestPath(key: string, { basePath, trailingSlash }: Spelling): string {
  const path = key === '/' ? basePath : basePath + key
  return trailingSlash || path === '' ? `${path}/` : path
}

/** Next tests a matcher against the path unchanged and decoded. */
function pathOverlap(rule: PathRule, key: string, spelling: Spelling): Overlap {
  const path = requestPath(key, spelling)
  const matches = [path, decodeURIComponent(path)].filter((spelled) => rule.regex.test(spelled)).length
  return matches === 0 ? 'none' : matches === 2 ? 'all' : 'some'
}

/** A proxy's `source` does not include the base path; that of every other rule does. */
export function belowBasePath(source: string, basePath: string): string {
  return basePath !== '' && (source === basePath || source.startsWith(`${basePath}/`))
    ? source.slice(basePath.length)
    : source
}

function patternOverlap(alternatives: readonly (readonly RuleSegment[])[], key: string): Overlap {
  const overlaps = alternatives.map((alternative) => segmentOverlap(alternative, toKeySegments(key)))
  return overlaps.includes('all') ? 'all' : overlaps.includes('some') ? 'some' : 'none'
}

function toKeySegments(key: string): readonly string[] {
  return key.split('/').filter(Boolean)
}

function segmentOverlap(source: readonly RuleSegment[], pattern: readonly string[]): Overlap {
  let all = true
  for (let at = 0; ; at++) {
    const [rule, segment] = [source[at], pattern[at]]
    if (rule === undefined) return endOverlap(segment, all)
    if (rule.kind === 'rest') return all && at === source.length - 1 && isAnswered(rule, segment) ? 'all' : 'some'
    if (rule.kind === 'other' || isRest(segment)) return 'some'
    if (segment === undefined) return 'none'
    if (rule.kind === 'any') continue
    if (!isDynamic(segment) && !globOf(rule.text).test(decode(segment))) return 'none'
    if (isDynamic(segment) || rule.text.includes('*')) all = false
  }
}

/** Called when the rule has ended. It still overlaps only if the remaining part of the pattern can be empty. */
function endOverlap(segment: string | undefined, all: boolean): Overlap {
  if (segment === undefined) return all ? 'all' : 'some'
  return isOptional(segment) ? 'some' : 'none'
}

/** Whether the rest at the end of a rule matches everything that the pattern can have from `segment` on. */
function isAnswered({ isOptional: mayBeNothing }: RestSegment, segment: string | undefined): boolean {
  return segment === undefined ? mayBeNothing : !isOptional(segment)
}

type RestSegment = Extract<RuleSegment, { kind: 'rest' }>

/**
 * All paths of a pattern that the rule matches, and possibly more, as globs for a route table (protocol/build/route-match.ts). Undefined
 * if globs cannot express them, or if they could be most of the pattern's paths: a rule is an exception if it has fixed text for a
 * segment that is dynamic in the pattern.
 */
export function exceptionsOf(rule: PathRule, key: string, { basePath }: Spelling): readonly string[] | undefined {
  if (rule.source === undefined) return undefined
  const pattern = toKeySegments(key)
  const taken = toAlternatives(belowBasePath(rule.source, basePath)).filter(
    (alternative) => segmentOverlap(alternative, pattern) !== 'none',
  )
  const globs = taken.map((alternative) => (isNarrow(alternative, pattern) ? toGlob(alternative) : undefined))
  return globs.every((glob) => glob !== undefined) ? globs : undefined
}

function isNarrow(alternative: readonly RuleSegment[], pattern: readonly string[]): boolean {
  if (alternative.every((rule) => rule.kind === 'text' && !rule.text.includes('*'))) return true
  return alternative.some((rule, at) => {
    const segment = pattern[at] ?? pattern.at(-1)
    return rule.kind === 'text' && /[^*]/.test(rule.text) && segment !== undefined && isDynamic(segment)
  })
}

function toGlob(alternative: readonly RuleSegment[]): string | undefined {
  const parts = alternative.map((rule, at) => {
    if (rule.kind === 'text') return rule.text
    if (rule.kind === 'any') return '*'
    return rule.kind === 'rest' && at === alternative.length - 1 ? '**' : undefined
  })
  return parts.includes(undefined) ? undefined : `/${parts.join('/')}`
}

function isRest(segment: string | undefined): boolean {
  return segment !== undefined && segment.includes('[...')
}

function isOptional(segment: string | undefined): boolean {
  return segment !== undefined && segment.startsWith('[[')
}

/** Unchanged if it is not valid percent-encoding. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

// Splits the `source` of a rule of next.config, or of a proxy's matcher, into segments. Next uses the grammar of path-to-regexp, so its
// own parser reads it. An alternative may match more paths than the rule does, never fewer: what is not understood is `other`. Pure.

import { type Key, parse, type Token } from 'path-to-regexp'

export type RuleSegment =
  /** One segment of this text; `*` stands for any text, including none. */
  | { readonly kind: 'text'; readonly text: string }
  /** Any one segment. */
  | { readonly kind: 'any' }
  /** The remaining part of a path; `isOptional` if that may be empty. */
  | { readonly kind: 'rest'; readonly isOptional: boolean }
  /** Anything of any length. */
  | { readonly kind: 'other' }

type Alternative = readonly RuleSegment[]

/** More than any rule that is written by hand has. */
const MOST_ALTERNATIVES = 64
const NOT_UNDERSTOOD: readonly Alternative[] = [[{ kind: 'other' }]]

/** @param source - Without the base path. */
export function toAlternatives(source: string): readonly Alternative[] {
  try {
    let texts = ['']
    for (const token of parse(source)) {
      const next = spellingsOf(token)
      texts = texts.flatMap((text) => next.map((spelling) => text + spelling))
      if (texts.length > MOST_ALTERNATIVES) return NOT_UNDERSTOOD
    }
    return texts.map((text) => text.split('/').filter(Boolean).map(toSegment))
  } catch {
    // The rule has another grammar.
    return NOT_UNDERSTOOD
  }
}

/** Placeholders for what a parameter may be: characters that no URL contains. */
const [WHOLE, PART, REST, OPTIONAL_REST, OTHER] = ['\u0001', '\u0002', '\u0003', '\u0004', '\u0005'] as const

function spellingsOf(token: Token): readonly string[] {
  if (typeof token === 'string') return [token]
  const { prefix, suffix, pattern, modifier } = token
  if (modifier === '*' || modifier === '+')
    return [`${prefix}${isPlainSegment(token) ? (modifier === '*' ? OPTIONAL_REST : REST) : OTHER}`]
  const given = (pattern === '' ? [''] : valuesOf(token)).map((value) => prefix + value + suffix)
  return modifier === '?' ? [...given, ''] : given
}

/** The pattern that path-to-regexp uses for a parameter without its own. */
const DEFAULT_PATTERN = '[^\\/#\\?]+?'

function isPlainSegment({ prefix, suffix, pattern }: Key): boolean {
  return prefix === '/' && suffix === '' && pattern === DEFAULT_PATTERN
}

/** Classes, characters and counts of a pattern that cannot match a slash. */
const WITHOUT_SLASH = /^(?:\\[dw]|\[[\w-]+\]|[\w-]|[+*?]|\{\d+(?:,\d*)?\})+$/

/** The words of `(a|b)`, or a placeholder for everything that the parameter may be. */
function valuesOf({ prefix, suffix, pattern }: Key): readonly string[] {
  if (pattern === DEFAULT_PATTERN) return [WHOLE]
  if (/^[\w-]+(?:\|[\w-]+)*$/.test(pattern)) return pattern.split('|')
  // Next's documentation writes "everything" this way.
  if (pattern === '.*' && prefix === '/' && suffix === '') return [REST]
  return [WITHOUT_SLASH.test(pattern) || pattern.endsWith('[^\\/#\\?])+?') ? PART : OTHER]
}

function toSegment(text: string): RuleSegment {
  if (text === WHOLE) return { kind: 'any' }
  if (text === REST || text === OPTIONAL_REST) return { kind: 'rest', isOptional: text === OPTIONAL_REST }
  if ([REST, OPTIONAL_REST, OTHER].some((sign) => text.includes(sign))) return { kind: 'other' }
  return { kind: 'text', text: decode(text).replaceAll(WHOLE, '*').replaceAll(PART, '*') }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

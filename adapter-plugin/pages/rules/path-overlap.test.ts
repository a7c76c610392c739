// Proves that a path that a rule could match never counts as unaffected by it. Compares with path-to-regexp itself, as Next compiles it.

// @ts-expect-error -- Next ships no types for it
import { pathToRegexp } from 'next/dist/compiled/path-to-regexp/index.js'

import fc from 'fast-check'
import { expect, it } from 'vitest'

import { canonicalPath, excepts, isDynamic, patternAnswers } from '../../../protocol/build/route-match.ts'
import { type PathRule, toPathRule } from '../../build-context.ts'
import { exceptionsOf, overlapOf } from './path-overlap.ts'

const NO_BASE = { basePath: '', trailingSlash: false }

const rule = (source: string): PathRule =>
  toPathRule({
    source,
    sourceRegex: pathToRegexp(source, [], { strict: false, sensitive: false, delimiter: '/' }).source,
  })

const overlap = (source: string, key: string, basePath = '', trailingSlash = false) =>
  overlapOf(rule(source), key, { basePath, trailingSlash })

it.each([
  ['/account', '/account', 'all'],
  ['/account', '/other', 'none'],
  ['/Account', '/account', 'all'],
  ['/team/:name', '/team/[slug]', 'all'],
  ['/team/:name', '/teams/[slug]', 'none'],
  ['/team/red', '/team/[slug]', 'some'],
  ['/team/:name/edit', '/team/[slug]', 'none'],
  ['/:path*', '/team/[slug]', 'all'],
  ['/:path*', '/[...all]', 'all'],
  ['/:path+', '/[[...all]]', 'some'],
  ['/team/:rest*', '/team/[slug]', 'all'],
  ['/team/:rest*', '/team', 'all'],
  ['/(.*)', '/team/[slug]', 'all'],
  ['/team/:rest(.*)', '/team/[slug]', 'all'],
  ['/(.*)', '/[[...all]]', 'some'],
  ['/team/(.*)', '/[slug]', 'some'],
  ['/:path*/edit', '/team/[slug]', 'some'],
  ['/:path*/edit', '/team/[slug]/edit', 'some'],
  ['/:path*/edit', '/team/red/edit', 'all'],
  ['/(.*)/edit', '/team/[slug]', 'some'],
  ['/((?!api|_next/static).*)', '/team/[slug]', 'some'],
  ['/team/:name(\\d+)', '/team/[slug]', 'some'],
  ['/team', '/team/[[...all]]', 'some'],
  ['/team', '/team/[slug]', 'none'],
] as const)('says of the rule %s and the route %s: %s', (source, key, expected) => {
  expect(overlap(source, key)).toBe(expected)
})

it.each([
  ['/team/red', '/team/[slug]', ['/team/red']],
  ['/team/(red|blue)', '/team/[slug]', ['/team/red', '/team/blue']],
  ['/Team/red{.html}?', '/[...all]', ['/Team/red.html', '/Team/red']],
  ['/old/:slug', '/[...all]', ['/old/*']],
  ['/old/:path*', '/[[...all]]', ['/old/**']],
  ['/old/(.*)', '/[lang]/[slug]', ['/old/**']],
  ['/post-:id(\\d+).html', '/[slug]', ['/post-*.html']],
  ['/:from-:to', '/[slug]', ['/*-*']],
  ['/:lang(en|de)?/about', '/[...all]', ['/en/about', '/de/about', '/about']],
  ['/k%C3%A4se', '/[slug]', ['/käse']],
  ['/', '/[[...all]]', ['/']],
  ['/team/:name', '/[...all]', ['/team/*']],
  // Undefined: the rule covers most of the pattern, or no glob can express it.
  ['/team/:name(\\d+)', '/team/[slug]', undefined],
  ['/:path+', '/[[...all]]', undefined],
  ['/:path*/edit', '/[...all]', undefined],
  ['/team(.*)', '/[...all]', undefined],
  ['/((?!api|_next/static).*)', '/team/[slug]', undefined],
  ['/:a(a|b|c|d|e)/:b(a|b|c|d|e)/:c(a|b|c|d|e)', '/[...all]', undefined],
] as const)('takes of the rule %s out of the route %s: %s', (source, key, expected) => {
  expect(exceptionsOf(rule(source), key, NO_BASE)).toEqual(expected)
})

it('reads rules written with the base path and without it', () => {
  const docs = { basePath: '/docs', trailingSlash: false }
  expect(overlapOf(rule('/docs/team/:name'), '/team/[slug]', docs)).toBe('all')
  expect(overlapOf({ ...rule('/docs/about'), source: '/about' }, '/about', docs)).toBe('all')
  expect(overlapOf(rule('/docs'), '/', docs)).toBe('all')
})

it('asks a rule for a page’s path in the form that the app answers', () => {
  expect(overlap('/feed/(.*)', '/feed')).toBe('none')
  expect(overlap('/feed/(.*)', '/feed', '', true)).toBe('all')
})

it('takes a rule that matches one spelling of a path for one that could match', () => {
  expect(overlap('/k%C3%A4se', '/k%C3%A4se')).toBe('some')
  expect(overlap('/käse', '/k%C3%A4se')).toBe('some')
})

it('takes a rule without a source for one that could match any pattern', () => {
  expect(overlapOf({ source: undefined, regex: /^\/x$/, conditional: false }, '/team/[slug]', NO_BASE)).toBe('some')
})

it('never misses a path that the rule’s regular expression matches', () => {
  const literal = fc.constantFrom('a', 'b', 'c')
  const ruleSegment = fc.oneof(
    literal,
    fc.constantFrom(
      ':x',
      ':y(\\d+)',
      ':z(a|b)',
      ':w(a|b)?',
      'a:v',
      ':u-:t',
      'A{b}?',
      '(?!a).*'.replace(/^/, ':n(') + ')',
    ),
  )
  const ruleEnd = fc.constantFrom('', '/:rest*', '/:rest+', '/(.*)', '/:rest(.*)', '/:rest*/a', '/:rest+/b', '/(.*)/c')
  const source = fc
    .tuple(fc.uniqueArray(ruleSegment, { maxLength: 3 }), ruleEnd)
    .map(([segments, end]) => `${segments.map((segment) => `/${segment}`).join('')}${end}` || '/')
  const patternSegment = fc.oneof(literal, fc.constant('[p]'))
  const patternEnd = fc.constantFrom('', '/[...all]', '/[[...all]]')
  const pattern = fc
    .tuple(fc.array(patternSegment, { minLength: 1, maxLength: 3 }), patternEnd)
    .map(([segments, end]) => `/${segments.join('/')}${end}`)
  const path = fc
    .array(fc.constantFrom('a', 'B', 'c', '1', 'x y', 'ab', 'b-c'), { maxLength: 5 })
    .map((segments) => canonicalPath(`/${segments.map(encodeURIComponent).join('/')}`) ?? '/')
  fc.assert(
    fc.property(source, pattern, path, (from, key, concrete) => {
      const { regex } = rule(from)
      const matches = regex.test(concrete)
      if (patternAnswers(key, concrete) && isDynamic(key)) {
        if (matches) expect(overlap(from, key), `${from} ${key} ${concrete}`).not.toBe('none')
        else expect(overlap(from, key), `${from} ${key} ${concrete}`).not.toBe('all')
        const except = exceptionsOf(rule(from), key, NO_BASE)
        if (matches && except) expect(excepts({ except }, concrete), `${from} ${key} ${concrete}`).toBe(true)
      }
      if (matches) expect(overlap(from, concrete)).not.toBe('none')
    }),
    { numRuns: 5000 },
  )
})

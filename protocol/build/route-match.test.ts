// Proves the order of the table against Next's own router, and one spelling for each path.

import { getSortedRoutes } from 'next/dist/shared/lib/router/utils/sorted-routes.js'

import fc from 'fast-check'
import { expect, it } from 'vitest'

import { canonicalPath, compileRoutes, matchRoute, patternAnswers } from './route-match.ts'
import { inOrder } from './route-order.ts'

const table = (...patterns: string[]) =>
  compileRoutes(inOrder(patterns.map((pattern) => ({ pattern, mode: 'instant' }))))
const match = (path: string, ...patterns: string[]) => matchRoute(table(...patterns), path)?.pattern

it('orders any set of patterns as Next does', () => {
  const segment = fc.constantFrom('a', 'b', '[p]')
  const last = fc.constantFrom('', '/[...all]', '/[[...all]]')
  const pattern = fc
    .tuple(fc.array(segment, { minLength: 1, maxLength: 3 }), last)
    .map(([path, end]) => `/${path.join('/')}${end}`)
  fc.assert(
    fc.property(fc.uniqueArray(pattern, { maxLength: 6 }), (patterns) => {
      const next = sortedByNext(patterns)
      fc.pre(next !== undefined)
      const paths = ['/a', '/b', '/c', '/a/b', '/a/c', '/c/a', '/b/c/d', '/a/b/c', '/c/d/e/f', '/a/a/a/a']
      for (const path of paths) {
        expect(match(path, ...patterns)).toBe(next?.find((known) => patternAnswers(known, path)))
      }
    }),
    { numRuns: 500 },
  )
})

/** Undefined if Next refuses the set (an optional catch-all next to the route that it would shadow). */
function sortedByNext(patterns: string[]): string[] | undefined {
  try {
    return getSortedRoutes(patterns)
  } catch {
    return undefined
  }
}

it('prefers a page of its own to the pattern that would also answer', () => {
  expect(match('/products/new', '/products/[slug]', '/products/new')).toBe('/products/new')
  expect(match('/products/old', '/products/[slug]', '/products/new')).toBe('/products/[slug]')
})

it('leaves to another route the paths that Next finds there, whatever shells a route has for some parameters', () => {
  const rows = inOrder([
    { pattern: '/en/[...rest]', mode: 'instant', route: '/[lang]/[...rest]' } as const,
    { pattern: '/en/[slug]', mode: 'instant', route: '/[lang]/[slug]' } as const,
    { pattern: '/[lang]/about', mode: 'instant', route: '/[lang]/about' } as const,
    { pattern: '/[lang]/blog/[id]', mode: 'instant', route: '/[lang]/blog/[id]' } as const,
    { pattern: '/[lang]/[...rest]', mode: 'instant', route: '/[lang]/[...rest]' } as const,
    { pattern: '/en/blog/new', mode: 'off', route: '/en/blog/new' } as const,
  ])
  const found = (path: string): string | undefined => matchRoute(compileRoutes(rows), path)?.pattern
  const paths = ['/en/blog/two', '/en/about', '/en/other', '/en/a/b', '/fr/a/b', '/en/blog/new']
  expect(paths.map(found)).toEqual([
    '/[lang]/blog/[id]',
    '/[lang]/about',
    '/en/[slug]',
    '/en/[...rest]',
    '/[lang]/[...rest]',
    '/en/blog/new',
  ])
})

it('prefers the more specific intermediate shell', () => {
  const route = '/[lang]/blog/[id]'
  const rows = [route, '/en/blog/[id]'].map((pattern) => ({ pattern, mode: 'instant' as const, route }))
  expect(matchRoute(compileRoutes(inOrder(rows)), '/en/blog/1')?.pattern).toBe('/en/blog/[id]')
})

it('answers nothing if no pattern does', () => {
  expect(match('/products/a/b', '/products/[slug]')).toBeUndefined()
  expect(match('/products', '/products/[slug]')).toBeUndefined()
  expect(match('/', '/products/[slug]')).toBeUndefined()
  expect(match('/docs', '/docs/[...all]')).toBeUndefined()
})

it('answers the root and an absent optional part', () => {
  expect(match('/', '/')).toBe('/')
  expect(match('/docs', '/docs/[[...all]]')).toBe('/docs/[[...all]]')
})

it('takes a regular expression in a pattern literally', () => {
  expect(match('/a+b', '/a+b')).toBeUndefined()
  expect(match('/a%2Bb', '/a+b')).toBe('/a+b')
  expect(match('/aab', '/a+b')).toBeUndefined()
})

it('spells a path in one way, however it came', () => {
  expect(canonicalPath('/caf%C3%A9')).toBe('/caf%C3%A9')
  expect(canonicalPath('/café')).toBe('/caf%C3%A9')
  expect(canonicalPath('/%63afé/')).toBe('/caf%C3%A9')
  expect(canonicalPath('/')).toBe('/')
})

it('gives the same spelling for what it spelled', () => {
  fc.assert(
    fc.property(fc.webPath(), (path) => {
      const once = canonicalPath(path)
      fc.pre(once !== undefined)
      expect(once && canonicalPath(once)).toBe(once)
    }),
  )
})

it.each([
  '',
  'a',
  '/%E0%A4%A',
  '/a//b',
  '//host',
  '/a/../b',
  '/%2e%2e/b',
  '/a%2Fb',
  '/a%5Cb',
  '/a\\b',
  '/a%00b',
  '/./a',
])('declines the path %j', (path) => {
  expect(canonicalPath(path)).toBeUndefined()
})

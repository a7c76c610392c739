// Proves which links the rules name: stored pages that are shown to every visitor immediately, and no others. That a browser follows the
// rules as they are meant is tested in e2e/specs/transport/speculation.spec.ts.

import { expect, it } from 'vitest'

import type { RouteEntry } from '../../protocol/build/route-match.ts'
import { rulesFor, toUrlPattern } from './rules.ts'

const at = { buildId: 'b', basePath: '', trailingSlash: false }
const used = (keys: readonly string[], buildId = 'b') => keys.map((key) => ({ buildId, key }))
const routes: readonly RouteEntry[] = [
  { pattern: '/about', mode: 'instant' },
  { pattern: '/account', mode: 'gated' },
  { pattern: '/docs/[...rest]', mode: 'instant', except: ['/docs/private/**'] },
  { pattern: '/logout', mode: 'off' },
  { pattern: '/p/new', mode: 'gated' },
  { pattern: '/p/[slug]', mode: 'instant' },
]

/** The part of the rules that is about pages, without the part about links. */
function pagesOf(keys: readonly string[], buildId?: string): unknown {
  const rules = rulesFor({ ...at, routes, uses: used(keys, buildId) }, 'moderate')
  return rules && (rules as { prerender: [{ where: { and: [{ or: unknown }] } }] }).prerender[0].where.and[0].or
}

it('names stored pages, each by its own address', () => {
  expect(pagesOf(['/about', '/p/a', '/p/b'])).toEqual([
    { href_matches: ['/about'] },
    { href_matches: ['/p/a', '/p/b'] },
  ])
})

it('names none that is guarded or the network’s, stored or not, and has no rules where nothing else is stored', () => {
  expect(pagesOf(['/account', '/p/new', '/logout', '/elsewhere'])).toBeUndefined()
  expect(pagesOf([])).toBeUndefined()
  expect(pagesOf(['/about'], 'a former build')).toBeUndefined()
})

it('names a route whose shell is stored, but for the rows of the table that come before it', () => {
  expect(pagesOf(['/p/[slug]'])).toEqual([
    {
      and: [
        { href_matches: ['/p/:p1'] },
        { not: { href_matches: ['/about', '/account', '/docs/:p1(.+)', '/logout', '/p/new'] } },
      ],
    },
  ])
})

it('names of a route with exceptions only what is stored by its own address, and is none of them', () => {
  expect(pagesOf(['/docs/[...rest]'])).toBeUndefined()
  expect(pagesOf(['/docs/[...rest]', '/docs/a', '/docs/private/b'])).toEqual([{ href_matches: ['/docs/a'] }])
})

it('leaves out links that may do more than show a page', () => {
  const [rule] = (rulesFor({ ...at, routes, uses: used(['/about']) }, 'eager') as { prerender: [object] }).prerender
  expect(rule).toMatchObject({
    eagerness: 'eager',
    tag: 'shell-cache',
    where: {
      and: [
        {},
        { not: { href_matches: ['/*\\?(.+)'] } },
        { not: { selector_matches: expect.stringMatching(/\[download\].*nofollow.*\[data-no-speculation\]/) } },
      ],
    },
  })
})

it.each([
  ['/', '', false, '/'],
  ['/', '/docs', false, '/docs'],
  ['/a/[b]', '/docs', false, '/docs/a/:p1'],
  ['/a/[...b]', '', false, '/a/:p1(.+)'],
  ['/a/[[...b]]', '', false, '/a{/:p1(.+)}?'],
  ['/a+(b)*', '', false, '/a\\+\\(b\\)\\*'],
  ['/a', '', true, '/a{/}?'],
])('writes %s below “%s” as a pattern of URLs', (key, basePath, trailingSlash, pattern) => {
  expect(toUrlPattern(key, basePath, trailingSlash)).toBe(pattern)
})

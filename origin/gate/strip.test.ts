// Proves name by name what no request from outside may tell Next, and that the rest of a query stays unchanged, byte for byte.

import fc from 'fast-check'
import { expect, it } from 'vitest'

import { stripHeaders, stripQuery } from './strip.ts'

it.each([
  'x-middleware-rewrite',
  'x-middleware-redirect',
  'x-middleware-set-cookie',
  'x-middleware-skip',
  'x-middleware-override-headers',
  'x-middleware-next',
  'x-middleware-subrequest',
  'x-middleware-request-cookie',
  'x-now-route-matches',
  'x-matched-path',
  'x-nextjs-data',
  'x-next-resume-state-length',
  'x-next-revalidated-tags',
  'x-next-revalidate-tag-token',
  'next-resume',
  'next-action',
  'next-router-prefetch',
  'next-router-state-tree',
  'next-router-segment-prefetch',
  'next-url',
  'rsc',
  'x-action-forwarded',
  'x-prerender-revalidate',
  'x-prerender-revalidate-if-generated',
  'x-invocation-id',
  'x-invoke-path',
  'range',
  'if-none-match',
  'if-modified-since',
  'if-range',
  'content-length',
  'content-type',
  'content-encoding',
  'transfer-encoding',
  'origin',
  'expect',
  'shell-cache-resume',
  'shell-cache-record',
])('lets no %s in', (name) => {
  expect(stripHeaders({ [name]: '1' })).toEqual({})
})

it.each([
  'cookie',
  'authorization',
  'accept',
  'accept-language',
  'host',
  'referer',
  'user-agent',
  'x-forwarded-for',
  'x-request-id',
])('lets %s in', (name) => {
  expect(stripHeaders({ [name]: '1' })).toEqual({ [name]: '1' })
})

it.each([
  ['/p?nxtPslug=x', '/p'],
  ['/p?a=1&nxtIslug=x&b=2', '/p?a=1&b=2'],
  ['/p?_rsc=x', '/p'],
  ['/p?n%78tPslug=x', '/p'],
  ['/p?%6e%78%74%50slug=x', '/p'],
  ['/p?%5Frsc', '/p'],
  ['/p?nxtPslug=1&nxtPslug=2', '/p'],
])('takes Next’s own parameters out of %s', (target, rest) => {
  expect(stripQuery(target)).toBe(rest)
})

it.each([
  '/p',
  '/p?',
  '/p?nxtP',
  '/p?nxtI=1',
  '/p?a=1&?nxtPslug=2&&b',
  '/p?_rscx=1',
  '/p?NXTPslug=1',
  '/p?x=nxtPslug',
  '/p?a=%20+b%zz&=&a',
])('leaves %s as it is', (target) => {
  expect(stripQuery(target)).toBe(target)
})

it('leaves no parameter that Next would take for its own, and every other one', () => {
  const INTERNAL = /^(nxt[PI].|_rsc$)/s
  const name = fc.oneof(fc.constantFrom('nxtPslug', 'nxtIx', '_rsc', 'n%78tPslug', 'slug', ''), fc.webQueryParameters())
  fc.assert(
    fc.property(fc.array(name), (pairs) => {
      const isOurs = (pair: string): boolean => INTERNAL.test([...new URLSearchParams(`&${pair}`).keys()][0] ?? '')
      const query = pairs.join('&')
      const kept = stripQuery(`/p?${query}`).slice('/p?'.length)
      expect([...new URLSearchParams(`&${kept}`).keys()].filter((key) => INTERNAL.test(key))).toEqual([])
      expect(kept).toBe(
        query
          .split('&')
          .filter((pair) => !isOurs(pair))
          .join('&'),
      )
    }),
  )
})

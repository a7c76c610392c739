// Proves the headers of a record: those that next.config and Next itself set on the page. e2e compares them with the network's.

import { expect, it } from 'vitest'

import type { Candidate } from './collect.ts'
import { type ContextChange, contextOf } from '../test-context.ts'
import { scriptHeadersOf } from './headers.ts'
import { candidate, classifyOne, rule } from './test-classify.ts'

const headersOf = (page: Candidate, change: ContextChange = {}) => {
  const classified = classifyOne(page, change)
  return classified.mode === 'instant' ? Object.fromEntries(classified.headers) : undefined
}

it('sends what the network sends with a page that has holes', () => {
  expect(headersOf(candidate('/a'))).toEqual({
    'content-type': 'text/html',
    'x-nextjs-postponed': '1',
    'x-powered-by': 'Next.js',
    'cache-control': 'private, no-cache, no-store, max-age=0, must-revalidate',
  })
})

it.each([
  [undefined, undefined, 's-maxage=31536000'],
  [900, undefined, 's-maxage=900'],
  [900, 3600, 's-maxage=900, stale-while-revalidate=2700'],
])('sends what the network sends with a static page of lifetime %s and %s', (revalidate, expire, expected) => {
  const page = candidate('/a', { postponedState: undefined, lifetime: { revalidate, expire } })
  expect(headersOf(page, { config: { poweredByHeader: false } })).toEqual({
    'content-type': 'text/html',
    'cache-control': expected,
  })
})

it('tells no cache to keep a route’s shell for one of its paths', () => {
  const page = candidate('/p/[slug]', { postponedState: undefined, lifetime: { revalidate: 900, expire: undefined } })
  expect(headersOf(page)).toEqual({ 'content-type': 'text/html', 'x-powered-by': 'Next.js' })
})

it('lets a rule of headers() win over the page’s headers but for those that Next sets last', () => {
  const page = candidate('/a', {
    headers: [
      ['content-type', 'text/html'],
      ['vary', 'rsc'],
      ['link', '</f.woff2>; rel=preload'],
    ],
  })
  const headers = { Vary: 'x', 'X-Powered-By': 'me', 'Cache-Control': 'no-cache', Link: '</b>', 'Content-Type': 'a/b' }
  const change = { routing: { beforeMiddleware: [rule('/a', '^/a$', { headers })] } }
  const classified = classifyOne(page, change)
  expect(classified.mode === 'instant' && classified.headers).toEqual([
    ['cache-control', 'no-cache'],
    ['link', '</b>'],
    ['content-type', 'a/b'],
    ['vary', 'rsc'],
    ['link', '</f.woff2>; rel=preload'],
    ['x-nextjs-postponed', '1'],
    ['x-powered-by', 'Next.js'],
  ])
  expect(headersOf(page, { ...change, config: { poweredByHeader: false } })?.['x-powered-by']).toBe('me')
})

it('varies on the page that the router comes from if a route intercepts', () => {
  const has = [{ type: 'header', key: 'next-url', value: '/(?:/.*)?' }]
  const routing = { beforeFiles: [rule('/a', '^/a$', { destination: '/(.)a', has })] }
  const varying = (key: string) => candidate(key, { headers: [['vary', 'rsc']] })
  expect(headersOf(varying('/a'), { routing })?.['vary']).toBe('rsc, next-url')
  expect(headersOf(varying('/b'), { routing })?.['vary']).toBe('rsc')
})

it.each<[string, string, string, boolean]>([
  ['/photo/[id]', '/photo/:id', 'rsc, next-url', true],
  ['/[lang]/foo', '/photo/:id', 'rsc', true],
  ['/other/[id]', '/photo/:id', 'rsc', false],
])('varies a shell of %s if a route intercepts %s: %s', (key, source, vary, isIntercepted) => {
  const has = [{ type: 'header', key: 'next-url', value: '/(?:/.*)?' }]
  const routing = { beforeFiles: [rule(source, '^/photo/([^/]+)$', { destination: '/(.)a', has })] }
  const classified = classifyOne(candidate(key, { headers: [['vary', 'rsc']] }), { routing })
  expect(classified).toMatchObject({ mode: 'instant', isIntercepted })
  expect(classified.mode === 'instant' && classified.headers).toContainEqual(['vary', vary])
})

it('keeps a number in a header’s value that is no part of the path', () => {
  const headers = { 'X-Price': '$1 or $9', 'X-$1': 'name' }
  const routing = { beforeMiddleware: [rule('/:x', '^/([^/]+)$', { headers })] }
  expect(headersOf(candidate('/a'), { routing })).toMatchObject({ 'x-price': 'a or $9', 'x-a': 'name' })
})

it('lets the last rule of headers() win and fills in parts of a concrete path', () => {
  const beforeMiddleware = [
    rule('/:path*', '^(?:/(.*))?$', { headers: { 'X-A': '1', 'X-B': 'b' } }),
    rule('/p/:x', '^/p/([^/]+)$', { headers: { 'X-A': '$1!' } }),
  ]
  expect(headersOf(candidate('/p/y', { route: '/p/[slug]' }), { routing: { beforeMiddleware } })).toMatchObject({
    'x-a': 'y!',
    'x-b': 'b',
  })
})

it('knows which security headers the worker’s own script may have, on whatever condition', () => {
  const beforeMiddleware = [
    rule('/docs/:path*', '^/docs(?:/(.*))?$', { headers: { 'X-Frame-Options': 'DENY', 'X-A': '1' } }),
    rule('/docs/sw.js', '^/docs/sw\\.js$', {
      has: [{ type: 'host', value: 'a' }],
      headers: { 'Referrer-Policy': 'origin' },
    }),
    rule('/docs/p', '^/docs/p$', { headers: { 'Permissions-Policy': 'camera=()' } }),
  ]
  const context = contextOf({ routing: { beforeMiddleware }, config: { basePath: '/docs' } })
  expect(scriptHeadersOf(context)).toEqual([
    ['x-frame-options', 'DENY'],
    ['referrer-policy', 'origin'],
  ])
})

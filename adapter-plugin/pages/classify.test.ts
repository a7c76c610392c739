// Proves every reason for which a page is not shown at once. Most of them are rules of the app that could make the network's
// answer another one than the record.

import { expect, it } from 'vitest'

import type { Candidate } from './collect.ts'
import { classify } from './classify.ts'
import { toSettings } from '../config/options.ts'
import { type ContextChange, contextOf } from '../test-context.ts'

const candidate = (key: string, change: Partial<Candidate> = {}): Candidate => ({
  key,
  pathname: key,
  route: key,
  runtime: 'nodejs',
  status: 200,
  headers: [
    ['content-type', 'text/html'],
    ['x-next-cache-tags', '_N_T_/'],
  ],
  lifetime: { revalidate: undefined, expire: undefined },
  isUpgraded: false,
  file: '/app/page.html',
  shellBytes: 6,
  postponedState: 'state',
  resumeHeaders: [],
  bypassFor: [],
  ...change,
})

const classifyOne = (page: Candidate, change: ContextChange = {}, options = {}) => {
  const [only] = classify([page], contextOf(change), toSettings(options).settings)
  if (!only) throw new Error('nothing was classified')
  return only
}

const rule = (source: string, sourceRegex: string, change = {}) => ({ source, sourceRegex, ...change })
const HEADERS = { 'x-frame-options': 'DENY' }

it.each<[string, Candidate, ContextChange, object, string]>([
  [
    'a proxy',
    candidate('/a'),
    { middleware: { config: { matchers: [rule('/a', '^/a$')] } } },
    {},
    'a proxy can match it',
  ],
  ['a proxy without a matcher', candidate('/a'), { middleware: { config: {} } }, {}, 'a proxy can match it'],
  [
    'a proxy on a condition',
    candidate('/a'),
    { middleware: { config: { matchers: [rule('/a', '^/a$', { has: [{ type: 'cookie', key: 'x' }] })] } } },
    {},
    'a proxy can match it',
  ],
  [
    'a proxy that could match a path of the route',
    candidate('/p/[slug]'),
    { middleware: { config: { matchers: [rule('/p/secret', '^/p/secret$')] } } },
    {},
    'a proxy can match it',
  ],
  [
    'a redirect',
    candidate('/a'),
    { routing: { beforeMiddleware: [rule('/a', '^/a$', { status: 307, headers: { Location: '/b' } })] } },
    {},
    'a redirect can match it',
  ],
  [
    'a rewrite',
    candidate('/a'),
    { routing: { beforeFiles: [rule('/a', '^/a$', { destination: '/b' })] } },
    {},
    'a rewrite can match it',
  ],
  [
    'a rewrite before dynamic routes',
    candidate('/p/x', { route: '/p/[slug]' }),
    { routing: { afterFiles: [rule('/p/x', '^/p/x$')] } },
    {},
    'a rewrite can match it',
  ],
  [
    'a header on a condition',
    candidate('/a'),
    {
      routing: {
        beforeMiddleware: [rule('/a', '^/a$', { headers: HEADERS, missing: [{ type: 'cookie', key: 'x' }] })],
      },
    },
    {},
    'a rule of headers() depends on the request',
  ],
  [
    'a header on some of its paths',
    candidate('/p/[slug]'),
    { routing: { beforeMiddleware: [rule('/p/x', '^/p/x$', { headers: HEADERS })] } },
    {},
    'a rule of headers() matches some of its paths',
  ],
  [
    'a header with a part of the path',
    candidate('/p/[slug]'),
    { routing: { beforeMiddleware: [rule('/p/:x', '^/p/([^/]+)$', { headers: { 'x-a': '$1' } })] } },
    {},
    'a rule of headers() repeats a part of the path',
  ],
  [
    'a header with a part of a path that has two spellings',
    candidate('/p/k%C3%A4se'),
    { routing: { beforeMiddleware: [rule('/p/:x', '^/p/([^/]+)$', { headers: { 'x-a': '$1' } })] } },
    {},
    'a rule of headers() repeats a part of the path',
  ],
  ['a cookie', candidate('/a', { headers: [['set-cookie', 'a=1']] }), {}, {}, 'its response sets a cookie'],
  ['an option', candidate('/a'), {}, { routes: { '/a': 'gated' } }, 'an option says so'],
])('is gated because of %s', (_name, page, change, options, reason) => {
  expect(classifyOne(page, change, options)).toMatchObject({ mode: 'gated', reason })
})

it.each<[string, Candidate, ContextChange, object, string]>([
  ['a status', candidate('/a', { status: 404 }), {}, {}, 'it answers with status 404'],
  ['the edge runtime', candidate('/a', { runtime: 'edge' }), {}, {}, 'it renders in the edge runtime'],
  ['its size', candidate('/a'), {}, { maxShellBytes: 5 }, 'its shell is larger than 5 bytes'],
  [
    '`htmlLimitedBots` that matches everything',
    candidate('/a', { bypassFor: [{ header: 'user-agent', value: '.*(?:.*).*' }] }),
    {},
    { routes: { '/a': 'instant' } },
    '`htmlLimitedBots` matches ordinary browsers',
  ],
  [
    '`htmlLimitedBots` that matches one browser',
    candidate('/a', { postponedState: undefined, bypassFor: [{ header: 'user-agent', value: '.*(?:firefox).*' }] }),
    {},
    {},
    '`htmlLimitedBots` matches ordinary browsers',
  ],
  ['an option', candidate('/a'), {}, { routes: { '/a': 'off' } }, 'an option says so'],
  [
    'an option for its route',
    candidate('/p/x', { route: '/p/[slug]' }),
    {},
    { routes: { '/p/[slug]': 'off' } },
    'an option says so',
  ],
])('is off because of %s', (_name, page, change, options, reason) => {
  expect(classifyOne(page, change, options)).toMatchObject({ mode: 'off', reason })
})

const GUARDED = { middleware: { config: { matchers: [rule('/a', '^/a$')] } } }
const INSTANT = { routes: { '/a': 'instant' } }

it('shows at once what a proxy can match where an option says so, and says it in the table', () => {
  const page = classifyOne(candidate('/a'), GUARDED, INSTANT)
  expect(page).toMatchObject({ mode: 'instant', reason: 'an option says so, though a proxy can match it' })
})

it('cannot be talked into showing headers that it does not know', () => {
  expect(classifyOne(candidate('/a', { headers: [['set-cookie', 'a=1']] }), {}, INSTANT).mode).toBe('gated')
})

it('is off where a middleware of the edge runtime can match it, whatever an option says', () => {
  const edge = { middleware: { ...GUARDED.middleware, runtime: 'edge' } }
  const reason = 'a middleware of the edge runtime can match it'
  expect(classifyOne(candidate('/a'), edge, INSTANT)).toMatchObject({ mode: 'off', reason })
  expect(classifyOne(candidate('/b'), edge).mode).toBe('instant')
})

it('is instant beside rules that do not meet it', () => {
  const routing = {
    beforeMiddleware: [
      rule('/:path+/', '^/(.+)/$', { status: 308, priority: true, headers: { Location: '/$1' } }),
      rule('/b', '^/b$', { status: 307 }),
    ],
    beforeFiles: [
      rule('/sw.js', '^/sw\\.js$'),
      rule('/a', '^/a$', { destination: '/(.)a', has: [{ type: 'header', key: 'next-url', value: '/(?:/.*)?' }] }),
    ],
    afterFiles: [rule('/a', '^/a$')],
  }
  expect(classifyOne(candidate('/a'), { routing }).mode).toBe('instant')
})

it('is instant where `htmlLimitedBots` matches bots', () => {
  // Next's default (16.4.6).
  const value =
    '.*(?:[\\w-]+-Google|Google-[\\w-]+|Chrome-Lighthouse|Slurp|DuckDuckBot|baiduspider|yandex|Bingbot|applebot).*'
  const bypassFor = [
    { header: 'next-action', value: undefined },
    { header: 'content-type', value: 'multipart/form-data;.*' },
    { header: 'user-agent', value },
    { header: 'user-agent', value: '(' },
  ]
  expect(classifyOne(candidate('/a', { bypassFor })).mode).toBe('instant')
})

it.each(['', '/docs'])('takes no rule of our own for one of the app’s, below "%s"', (basePath) => {
  const own = ['/sw.js', '/_shell-cache/inspector'].map((path) => basePath + path)
  const regexOf = (source: string) => `^${source.replaceAll('/', '\\/').replace('.', '\\.')}(?:\\/)?$`
  const routing = {
    beforeMiddleware: own.map((source) => rule(source, regexOf(source), { headers: { 'Cache-Control': 'no-cache' } })),
    beforeFiles: own.map((source) => rule(source, regexOf(source), { destination: '/_next/static/shell-cache/x' })),
  }
  for (const pattern of ['/[slug]', '/[...rest]', '/[[...slug]]', '/[lang]/[page]'])
    expect(classifyOne(candidate(pattern), { routing, config: { basePath } }), pattern).toMatchObject({
      mode: 'instant',
      reason: 'fallback shell',
    })
})

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

it('varies on the page that the router comes from where a route intercepts', () => {
  const has = [{ type: 'header', key: 'next-url', value: '/(?:/.*)?' }]
  const routing = { beforeFiles: [rule('/a', '^/a$', { destination: '/(.)a', has })] }
  const varying = (key: string) => candidate(key, { headers: [['vary', 'rsc']] })
  expect(headersOf(varying('/a'), { routing })?.['vary']).toBe('rsc, next-url')
  expect(headersOf(varying('/b'), { routing })?.['vary']).toBe('rsc')
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

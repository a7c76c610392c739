// Proves every reason for which a page is not shown immediately. Most reasons are rules of the app that could make the network's
// response differ from the record.

import { randomBytes } from 'node:crypto'

import { expect, it } from 'vitest'

import { UNSUITABLE_PATH } from '../../protocol/build/limits.ts'
import type { Candidate } from './collect.ts'
import type { ContextChange } from '../test-context.ts'
import { candidate, classifyOne, rule } from './test-classify.ts'

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
    'a proxy that could match most paths of the route',
    candidate('/p/[slug]'),
    { middleware: { config: { matchers: [rule('/p/:x(\\d+)', '^/p/(\\d+)$')] } } },
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
    { routing: { beforeMiddleware: [rule('/p/:x(\\d+)', '^/p/(\\d+)$', { headers: HEADERS })] } },
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
  [
    'an option, whatever else would gate it',
    candidate('/a'),
    { middleware: { config: {} } },
    { routes: { '/**': 'gated' } },
    'an option says so',
  ],
])('is gated because of %s', (_name, page, change, options, reason) => {
  expect(classifyOne(page, change, options)).toMatchObject({ mode: 'gated', reason })
})

/** Still larger than 1 MB when it is deflated, like a picture in base64 that a page caches. */
const LARGE = randomBytes(1_100_000).toString('base64')

it.each<[string, Candidate, ContextChange, object, string]>([
  ['its path', candidate('/p/a%2Fb'), {}, {}, UNSUITABLE_PATH],
  ['a status', candidate('/a', { status: 404 }), {}, {}, 'it answers with status 404'],
  ['the edge runtime', candidate('/a', { runtime: 'edge' }), {}, {}, 'it renders in the edge runtime'],
  ['its size', candidate('/a'), {}, { maxShellBytes: 5 }, 'its shell is larger than 5 bytes'],
  ['the size of its state', candidate('/a', { postponedState: LARGE }), {}, {}, 'its state takes more than 1 MB'],
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

it('shows at once what a proxy can match if an option says so, and says it in the table', () => {
  const page = classifyOne(candidate('/a'), GUARDED, INSTANT)
  expect(page).toMatchObject({ mode: 'instant', reason: 'an option says so, though a proxy can match it' })
})

it('cannot be talked into showing headers that it does not know', () => {
  expect(classifyOne(candidate('/a', { headers: [['set-cookie', 'a=1']] }), {}, INSTANT).mode).toBe('gated')
})

it('is off if a middleware of the edge runtime can match it, whatever an option says', () => {
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

it('is instant if `htmlLimitedBots` matches bots', () => {
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

it('is as ever with a large state that deflates, or that no request carries', () => {
  expect(classifyOne(candidate('/a', { postponedState: 'a'.repeat(5_000_000) })).mode).toBe('instant')
  const raw = { postponedState: 'raw', transport: 'next-resume' }
  expect(classifyOne(candidate('/a', { postponedState: LARGE }), {}, raw).mode).toBe('instant')
})

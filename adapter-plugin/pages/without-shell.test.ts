// Proves that every route that can be a page has a row, whatever was prerendered of it, and which routes without a shell are stored when
// they are visited.

import { expect, it } from 'vitest'

import { compileRoutes, matchRoute } from '../../protocol/build/route-match.ts'
import { appPage, type ContextChange, contextOf, prerender } from '../test-context.ts'
import { toSettings } from '../config/options.ts'
import { classify, isServed } from './classify.ts'
import type { Candidate } from './collect.ts'
import { toRouteEntries } from './route-entries.ts'
import { candidate, rule } from './test-classify.ts'

const POST = candidate('/posts/one', { route: '/posts/[slug]' })

const rowsOf = (candidates: readonly Candidate[], change: ContextChange = {}, options = {}): string[][] =>
  classify(candidates, contextOf(change), toSettings(options).settings).map(({ candidate: { key }, mode, reason }) => [
    key,
    mode,
    reason,
  ])

it('is instant once visited if the build has prerendered other paths of the route', () => {
  const appPages = [appPage('/posts/[slug].rsc'), appPage('/posts/[slug]'), appPage('/_not-found')]
  expect(rowsOf([POST], { appPages })).toEqual([
    ['/posts/one', 'instant', 'concrete shell'],
    ['/posts/[slug]', 'instant', 'no fallback shell: each path once it was visited'],
  ])
})

const ROUTE = candidate('/posts/[slug]', { isUpgraded: true })
const WHOLE = candidate('/posts/one', { route: '/posts/[slug]', postponedState: undefined })
const OUTGROWN = 'Next renders each path whole: each path once it was visited'

it.each<[string, readonly Candidate[], object, string]>([
  ['if Next will replace it by whole documents', [ROUTE, WHOLE], {}, OUTGROWN],
  ['unless its pages have holes', [ROUTE, WHOLE, POST], {}, 'fallback shell'],
  ['unless Next keeps it', [candidate('/posts/[slug]'), WHOLE], {}, 'fallback shell'],
  ['unless nothing tells what its pages will be', [ROUTE], {}, 'fallback shell'],
  ['unless only a page with another status does', [ROUTE, { ...WHOLE, status: 404 }], {}, 'fallback shell'],
  ['unless only a page that is off does', [ROUTE, { ...WHOLE, shellBytes: 1e9 }], {}, 'fallback shell'],
  ['unless an option names it', [ROUTE, WHOLE], { routes: { '/posts/[slug]': 'instant' } }, 'fallback shell'],
  ['unless no page gets a record when it is visited', [ROUTE, WHOLE], { transport: 'prefix' }, 'fallback shell'],
  ['unless no page may be published', [ROUTE, WHOLE], { maxConcretePages: 0 }, 'fallback shell'],
])('does not use the shell of a route %s', (_name, candidates, options, reason) => {
  const rows = rowsOf(candidates, { appPages: [appPage('/posts/[slug]')] }, options)
  expect(rows.filter(([key]) => key?.includes('['))).toEqual([['/posts/[slug]', 'instant', reason]])
})

it('guards such a route as before, for the reason that it has', () => {
  const middleware = { config: { matchers: [rule('/:path*', '^(?:\\/(.*))?$')] } }
  const [row] = rowsOf([ROUTE, WHOLE], { appPages: [appPage('/posts/[slug]')], middleware })
  expect(row).toEqual(['/posts/[slug]', 'gated', 'a proxy can match it'])
})

it('still answers the paths for which such a route has a shell of some parameters', () => {
  const route = '/[lang]/posts/[slug]'
  const candidates = [
    candidate('/en/posts/[slug]', { route, isUpgraded: true }),
    candidate('/en/posts/one', { route, postponedState: undefined }),
  ]
  const outputs = candidates.map(({ key }) => prerender(key, route))
  const context = contextOf({ appPages: [appPage(route)], prerenders: outputs })
  const { settings } = toSettings({})
  const pages = classify(candidates, context, settings)
  const table = compileRoutes(toRouteEntries(pages, pages.filter(isServed), context, settings))
  const modeOf = (path: string): string | undefined => matchRoute(table, path)?.mode
  expect(['/en/posts/one', '/en/posts/new', '/fr/posts/new'].map(modeOf)).toEqual(['instant', 'instant', 'instant'])
})

it('is guarded as any other page', () => {
  const middleware = { config: { matchers: [rule('/:path*', '^(?:\\/(.*))?$')] } }
  expect(rowsOf([POST], { appPages: [appPage('/posts/[slug]')], middleware })[1]).toEqual([
    '/posts/[slug]',
    'gated',
    'a proxy can match it',
  ])
})

it.each<[string, readonly Candidate[], object, string, string]>([
  ['of a path that is rendered whole', [], {}, '/report', 'nothing of it is prerendered'],
  ['of a pattern that is rendered whole', [], {}, '/report/[id]', 'nothing of it is prerendered'],
  [
    'with a page that was not found',
    [candidate('/posts/x', { route: '/posts/[slug]', status: 404 })],
    {},
    '/posts/[slug]',
    'nothing of it is prerendered',
  ],
  [
    'whose pages are off',
    [candidate('/posts/x', { route: '/posts/[slug]', runtime: 'edge' })],
    {},
    '/posts/[slug]',
    'it renders in the edge runtime',
  ],
  ['that no origin of ours serves', [POST], { transport: 'prefix' }, '/posts/[slug]', 'no fallback shell'],
  ['of which no page may be published', [POST], { maxConcretePages: 0 }, '/posts/[slug]', 'no fallback shell'],
])('is off, with a reason, %s', (_name, candidates, options, route, reason) => {
  expect(rowsOf(candidates, { appPages: [appPage(route)] }, options).at(-1)).toEqual([route, 'off', reason])
})

it('has no row for error pages and the targets of intercepting routes', () => {
  const appPages = ['/_not-found', '/_global-error', '/feed/(.)photo/[id]'].map((path) => appPage(path))
  expect(rowsOf([], { appPages })).toEqual([])
})

it('names the pages of the Pages Router, and none of its files', () => {
  const pages = ['/_app', '/_error', '/404', '/legacy'].map((path) => appPage(path))
  expect(rowsOf([], { pages })).toEqual([['/legacy', 'off', 'a page of the Pages Router']])
})

it('names those that are written once, which Next has among the files', () => {
  const file = (pathname: string, filePath: string) => ({ id: pathname, pathname, filePath })
  const staticFiles = [
    file('/legacy', '/app/.next/server/pages/legacy.html'),
    file('/windows', String.raw`C:\app\.next\server\pages\windows.html`),
    file('/404', '/app/.next/server/pages/404.html'),
    file('/de', '/app/.next/server/pages/de.html'),
    file('/de/500', '/app/.next/server/pages/de/500.html'),
    file('/legacy.rsc', '/app/.next/server/rsc-fallback.json'),
    file('/terms.html', '/app/public/terms.html'),
  ] as never
  const off = (key: string) => [key, 'off', 'a page of the Pages Router']
  const change = { staticFiles, config: { i18n: { locales: ['de'], defaultLocale: 'de' } } }
  expect(rowsOf([], change)).toEqual([off('/legacy'), off('/windows'), off('/de')])
})

it('makes do with a context that lists no files', () => {
  const context = contextOf({})
  Reflect.deleteProperty(context.outputs, 'staticFiles')
  const { settings } = toSettings({})
  const pages = classify([POST], context, settings)
  const [post] = pages
  if (!post || post.mode === 'off') throw new Error('the page is off')
  expect(toRouteEntries(pages, [post], context, settings).map(({ pattern }) => pattern)).toEqual(['/posts/one'])
})

it('is in the table of routes, for paths that get a record when they are visited', () => {
  const context = contextOf({ appPages: [appPage('/posts/[slug]'), appPage('/posts/new')] })
  const { settings } = toSettings({})
  const pages = classify([POST], context, settings)
  const [post] = pages
  if (!post || post.mode === 'off') throw new Error('the page is off')
  expect(toRouteEntries(pages, [post], context, settings).map(({ pattern, mode }) => [pattern, mode])).toEqual([
    ['/posts/new', 'off'],
    ['/posts/[slug]', 'instant'],
  ])
})

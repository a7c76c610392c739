// Typical apps, described by their pages and rules, for the snapshot of their tables. The rules are compiled as Next compiles them.

import { pathToRegexp } from 'path-to-regexp'

import type { Candidate } from '../pages/collect.ts'
import { candidate } from '../pages/test-classify.ts'
import { appPage, type ContextChange } from '../test-context.ts'

export type AppShape = {
  readonly name: string
  readonly pages: readonly Candidate[]
  readonly change: ContextChange
  readonly options?: object
}

type Rule = { readonly source: string; readonly sourceRegex: string }
const rule = (source: string, more: object = {}): Rule => ({
  source,
  sourceRegex: pathToRegexp(source, [], { strict: true, sensitive: false, delimiter: '/' }).source,
  ...more,
})
const redirect = (source: string, destination: string): Rule =>
  rule(source, { status: 308, headers: { Location: destination } })
const headers = (source: string, more: object = {}): Rule => rule(source, { headers: { 'x-a': '1' }, ...more })
/** The rules that the adapter adds itself. */
const own = (basePath: string): { readonly [phase: string]: readonly Rule[] } => ({
  beforeMiddleware: [headers(`${basePath}/sw.js`)],
  beforeFiles: [rule(`${basePath}/sw.js`, { destination: '/_next/static/x' })],
})
const proxy = (...sources: string[]): object => ({ config: { matchers: sources.map((source) => rule(source)) } })
/** The matcher in Next's documentation for a proxy on every page. */
const EVERY_PAGE = '/((?!api|_next/static|_next/image|favicon.ico).*)'
const fromRouter = (source: string): Rule =>
  rule(source, { destination: '/(.)x', has: [{ type: 'header', key: 'next-url', value: '/(?:/.*)?' }] })

/** A page with a shell. `route` is given for a page of a dynamic route. */
const page = (key: string, route = key, change: Partial<Candidate> = {}): Candidate =>
  candidate(key, { route, ...change })
const whole = (key: string, route = key): Candidate => page(key, route, { postponedState: undefined })

type Parts = {
  readonly change?: ContextChange
  readonly routing?: Readonly<Record<string, readonly object[]>>
  readonly options?: object
  readonly basePath?: string
}

/** An app with these pages, and a file of each route. */
function app(name: string, pages: readonly Candidate[], parts: Parts = {}): AppShape {
  const { change = {}, routing = {}, options = {}, basePath = '' } = parts
  const added = own(basePath)
  const phases = Object.entries(added).map(([phase, rules]) => [phase, [...rules, ...(routing[phase] ?? [])]])
  const routes = [...new Set(pages.map(({ route }) => route))]
  const appPages = [...routes.map((route) => appPage(route, basePath + route)), ...(change.appPages ?? [])]
  return {
    name,
    pages,
    options,
    change: {
      ...change,
      appPages,
      config: { basePath, ...change.config },
      routing: { ...routing, ...Object.fromEntries(phases) },
    },
  }
}

export const APP_SHAPES: readonly AppShape[] = [
  app('a slug at the root', [page('/'), page('/[slug]'), whole('/about')]),
  app('a catch-all at the root', [page('/[[...slug]]'), whole('/pricing', '/[[...slug]]')]),
  app('languages at the root', [
    page('/[lang]'),
    whole('/en', '/[lang]'),
    page('/[lang]/blog/[id]'),
    page('/en/blog/[id]', '/[lang]/blog/[id]'),
  ]),
  app('next-intl with an unprefixed default', [page('/[locale]'), page('/[locale]/about')], {
    change: { middleware: proxy('/((?!api|trpc|_next|_vercel|.*\\..*).*)') },
  }),
  app('groups of routes', [page('/'), page('/cart'), whole('/legal/terms'), page('/products/[slug]')]),
  app('parallel routes', [page('/dashboard'), page('/dashboard/[team]')], {
    change: { appPages: [appPage('/dashboard')] },
  }),
  app('intercepting routes', [page('/feed'), page('/feed/[id]'), page('/settings')], {
    routing: { beforeFiles: [fromRouter('/feed/:id')] },
  }),
  app('a zone whose root shows other apps', [page('/'), whole('/about'), page('/shop/[id]')], {
    routing: { afterFiles: [rule('/docs', { destination: 'https://docs.test/docs' }), rule('/docs/:path*')] },
  }),
  app('a zone of its own prefix', [page('/'), page('/[slug]')], {
    change: { config: { assetPrefix: '/shop-assets' } },
  }),
  app('a folder for each language', [whole('/en'), whole('/de'), page('/en/[slug]'), page('/de/[slug]')]),
  app('a proxy for one path', [page('/'), page('/account'), page('/account/[tab]'), page('/[slug]')], {
    change: { middleware: proxy('/account') },
  }),
  app(
    'a proxy for every page',
    [page('/'), whole('/login'), page('/book/[handle]'), page('/calendar'), page('/calendar/[day]')],
    {
      change: { middleware: proxy(EVERY_PAGE) },
    },
  ),
  app(
    'a proxy for every page that guards one folder, vouched for by globs',
    [page('/'), whole('/login'), page('/book/[handle]'), page('/calendar'), page('/calendar/[day]')],
    { change: { middleware: proxy(EVERY_PAGE) }, options: { routes: { '/calendar/**': 'gated', '/**': 'instant' } } },
  ),
  app('headers with conditions', [page('/'), page('/embed'), page('/p/[slug]')], {
    routing: {
      beforeMiddleware: [
        headers('/:path*'),
        headers('/embed', { has: [{ type: 'host', value: 'embed.test' }] }),
        headers('/p/special'),
      ],
    },
  }),
  app('redirects of old addresses beside a catch-all', [page('/'), page('/blog/[...path]')], {
    routing: {
      beforeMiddleware: [redirect('/blog/old-post', '/blog/new-post'), redirect('/blog/2019/:slug', '/blog/:slug')],
    },
  }),
  app('a base path', [page('/'), page('/[slug]')], { basePath: '/docs' }),
  app('trailing slashes', [page('/'), page('/p/[slug]')], {
    change: { config: { trailingSlash: true } },
    routing: {
      beforeMiddleware: [
        rule('/:file((?!\\.well-known(?:/.*)?)(?:[^/]+/)*[^/]+\\.\\w+)/', { status: 308, priority: true }),
      ],
    },
  }),
  app('drafts', [whole('/'), whole('/post'), page('/posts/[slug]')]),
  app('a modal for photos', [page('/'), page('/photo/[id]'), whole('/photo/1', '/photo/[id]')], {
    change: { appPages: [appPage('/(.)photo/[id]')] },
    routing: { beforeFiles: [fromRouter('/photo/:id')] },
  }),
  app(
    'a blog without a fallback shell',
    [page('/'), page('/posts/one', '/posts/[slug]'), whole('/posts/two', '/posts/[slug]')],
    {
      change: { appPages: [appPage('/posts/[slug]'), appPage('/search')] },
    },
  ),
  app('a blog whose shell Next replaces by whole posts, beside products with holes', [
    page('/'),
    page('/posts/[slug]', '/posts/[slug]', { isUpgraded: true }),
    whole('/posts/one', '/posts/[slug]'),
    page('/products/[id]', '/products/[id]', { isUpgraded: true }),
    page('/products/1', '/products/[id]'),
  ]),
  app(
    'three hundred pages over the limit',
    [page('/'), page('/p/[id]'), ...Array.from({ length: 300 }, (_none, at) => page(`/p/${at}`, '/p/[id]'))],
    { options: { maxConcretePages: 5 } },
  ),
  app('the Pages Router beside the App Router', [page('/'), page('/[slug]')], {
    change: { pages: ['/_app', '/_error', '/legacy', '/legacy/[id]'].map((path) => appPage(path)) },
  }),
]

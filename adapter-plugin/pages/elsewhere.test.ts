// Proves which apps have a row for addresses that are no page's own, and how such addresses are served.

import { expect, it } from 'vitest'

import { compileRoutes, ELSEWHERE, matchRoute } from '../../protocol/build/route-match.ts'
import { toSettings } from '../config/options.ts'
import { appPage, type ContextChange, contextOf } from '../test-context.ts'
import { classify, isServed } from './classify.ts'
import { leadsElsewhere } from './elsewhere.ts'
import { toRouteEntries } from './route-entries.ts'
import { candidate } from './test-classify.ts'

const rewrite = (source: string, destination: string): object => ({ source, sourceRegex: `^${source}$`, destination })
const rewritten: ContextChange = { routing: { beforeFiles: [rewrite('/featured', '/products/1')] } }
const proxied: ContextChange = { middleware: { config: { matchers: [{ source: '/:path*', sourceRegex: '^/.*$' }] } } }

function modeAt(path: string, keys: readonly string[], change: ContextChange, options: object = {}) {
  const context = contextOf({ appPages: keys.map((key) => appPage(key)), ...change })
  const { settings } = toSettings(options)
  const pages = classify(
    keys.map((key) => candidate(key)),
    context,
    settings,
  )
  const table = compileRoutes(toRouteEntries(pages, pages.filter(isServed), context, settings))
  return matchRoute(table, path)?.mode
}

it.each<[string, ContextChange]>([
  ['a rewrite before files', rewritten],
  ['a rewrite after files', { routing: { afterFiles: [rewrite('/featured', '/products/1')] } }],
  ['a rewrite where nothing else answers', { routing: { fallback: [rewrite('/:path*', '/products/1')] } }],
  ['a proxy', proxied],
])('waits for the server at an address that no page has, if %s may lead to one', (_name, change) => {
  for (const path of ['/', '/featured', '/any/where']) expect(modeAt(path, ['/products/[id]'], change)).toBe('gated')
})

it.each<[string, ContextChange]>([
  ['nothing', {}],
  ['another site’s rewrite', { routing: { fallback: [rewrite('/:path*', 'https://old.example/:path*')] } }],
  ['a rule of this package', { routing: { beforeFiles: [rewrite('/sw.js', '/_next/static/x')] } }],
  ['a middleware of the edge runtime', { middleware: { runtime: 'edge', config: {} } }],
])('has no such address if %s leads there', (_name, change) => {
  expect(modeAt('/featured', ['/products/[id]'], change)).toBeUndefined()
  expect(leadsElsewhere(contextOf(change))).toBe(false)
})

it('leaves every page its own row', () => {
  expect(modeAt('/about', ['/about'], rewritten)).toBe('instant')
  expect(modeAt('/about', ['/[[...all]]'], rewritten)).toBe('instant')
})

it.each([
  ['/about', ['/about', '/products/[id]'], { '/about': 'off' }],
  ['/news/1', ['/news/[id]', '/products/[id]'], { '/news/**': 'off' }],
  ['/docs/a/b', ['/docs/[...path]', '/products/[id]'], { '/docs/**': 'off' }],
])('leaves to the network %s, a page that is off', (path, keys, routes) => {
  expect(modeAt(path, keys, proxied, { routes })).toBe('off')
  expect(modeAt('/any/where', keys, proxied, { routes })).toBe('gated')
})

it('goes on where a page that is off begins with a parameter: a rule comes before it', () => {
  expect(modeAt('/featured', ['/[slug]', '/products/[id]'], rewritten, { routes: { '/[slug]': 'off' } })).toBe('gated')
})

it.each([[ELSEWHERE], ['/**']])('opens such an address at once if the app vouches for %s', (name) => {
  expect(modeAt('/about', ['/[locale]/about'], proxied, { routes: { [name]: 'instant' } })).toBe('instant')
})

it('has none if browsers are to ask for no record of their own', () => {
  expect(modeAt('/featured', ['/products/[id]'], rewritten, { transport: 'prefix' })).toBeUndefined()
  expect(modeAt('/featured', ['/products/[id]'], rewritten, { routes: { [ELSEWHERE]: 'off' } })).toBeUndefined()
  expect(modeAt('/featured', ['/products/[id]'], rewritten, { routes: { '/products/[id]': 'off' } })).toBeUndefined()
})

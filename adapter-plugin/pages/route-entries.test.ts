// Proves what the table contains besides the served pages: everything that a served pattern must not answer, and what the origin learns
// about paths that no page can have.

import { expect, it } from 'vitest'

import { compileRoutes, matchRoute } from '../../protocol/build/route-match.ts'
import { classify, isServed } from './classify.ts'
import { collectCandidates } from './collect.ts'
import { toSettings } from '../config/options.ts'
import { toRouteEntries } from './route-entries.ts'
import { appPage, type ContextChange, contextOf, prerender, shellFile } from '../test-context.ts'

/** The table of an app with these pages. Each page has a shell. */
async function tableOf(patterns: readonly string[], change: ContextChange = {}, options: object = {}) {
  const filePath = await shellFile('<html>shell')
  const context = contextOf({
    appPages: patterns.map((pattern) => appPage(pattern)),
    prerenders: patterns.map((pattern) => prerender(pattern, pattern, { fallback: { filePath } })),
    ...change,
  })
  const { settings } = toSettings(options)
  const pages = classify(await collectCandidates(context), context, settings)
  return compileRoutes(toRouteEntries(pages, pages.filter(isServed), context, settings))
}

it('keeps the URLs of this package from every pattern', async () => {
  const own = ['/sw.js', '/_shell-cache/inspector']
  const beforeFiles = own.map((source) => ({ source, sourceRegex: `^${source}$`, destination: '/_next/static/x' }))
  const table = await tableOf(['/[slug]', '/[a]/[b]', '/[...rest]'], { routing: { beforeFiles } })
  expect(own.map((path) => matchRoute(table, path)?.mode)).toEqual(['off', 'off'])
  expect(['/page', '/a/b', '/a/b/c'].map((path) => matchRoute(table, path)?.mode)).toEqual(Array(3).fill('instant'))
})

it('leaves to a rule the paths that it is for, in any spelling, and no others', async () => {
  const redirect = {
    source: '/blog/Old-Post',
    sourceRegex: '^/blog/Old-Post$',
    status: 308,
    headers: { Location: '/' },
  }
  const table = await tableOf(['/blog/[...path]', '/blog/[...path]/edit'], {
    routing: { beforeMiddleware: [redirect] },
  })
  expect(['/blog/Old-Post', '/blog/old-post'].map((path) => matchRoute(table, path)?.mode)).toEqual(['off', 'off'])
  expect(['/blog/new-post', '/blog/old-post/2'].map((path) => matchRoute(table, path)?.mode)).toEqual([
    'instant',
    'instant',
  ])
})

it('gives a page of its own an entry if a rule takes it out of its pattern', async () => {
  const filePath = await shellFile('<html>shell')
  const header = { source: '/p/a', sourceRegex: '^/p/a$', headers: { 'x-a': '1' } }
  const context: ContextChange = {
    appPages: [appPage('/p/[slug]')],
    prerenders: ['/p/[slug]', '/p/a', '/p/b'].map((path) => prerender(path, '/p/[slug]', { fallback: { filePath } })),
    routing: { beforeMiddleware: [header] },
  }
  const table = await tableOf([], context)
  expect(matchRoute(table, '/p/a')).toEqual({ pattern: '/p/a', mode: 'instant', route: '/p/[slug]' })
  expect(matchRoute(table, '/p/b')).toMatchObject({ pattern: '/p/[slug]', mode: 'instant' })
})

it('leaves the inspector’s URL to the app if a build has none', async () => {
  const beforeFiles = [{ source: '/sw.js', sourceRegex: '^/sw.js$', destination: '/_next/static/x' }]
  const table = await tableOf(['/[a]/[b]'], { routing: { beforeFiles } })
  expect(matchRoute(table, '/_shell-cache/inspector')?.mode).toBe('instant')
})

const rule = (source: string, sourceRegex: string, change = {}) => ({ source, sourceRegex, ...change })

/** The entries of an app with only one route handler. */
function entriesOf(change: ContextChange) {
  const context = contextOf(change)
  const outputs = { ...context.outputs, appRoutes: [{ pathname: '/api/[id]' }] }
  return toRouteEntries([], [], Object.assign(context, { outputs }), toSettings({}).settings)
}

it.each<[string, ContextChange, boolean]>([
  ['nothing', {}, true],
  ['a rule for another path', { routing: { beforeFiles: [rule('/a/:x', '^/a/([^/]+)$')] } }, true],
  ['a rewrite', { routing: { beforeFiles: [rule('/api/:x', '^/api/([^/]+)$')] } }, false],
  ['a rewrite that comes before dynamic routes', { routing: { afterFiles: [rule('/:x*', '^/(.*)$')] } }, false],
  ['a redirect', { routing: { beforeMiddleware: [rule('/api/:x', '^/api/([^/]+)$', { status: 307 })] } }, false],
  ['a proxy', { middleware: { config: { matchers: [rule('/:path*', '^/.*$')] } } }, false],
])('knows whether a handler can be led past: by %s', (_name, change, isFinal) => {
  expect(entriesOf(change)).toEqual([{ pattern: '/api/[id]', mode: 'off', route: '/api/[id]', isFinal }])
})

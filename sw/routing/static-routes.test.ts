// Proves what a browser is told to do without the worker: nothing that the worker would have done differently. That Chromium accepts it is
// shown by e2e (static-routes.spec.ts).

import { expect, it } from 'vitest'

import { type WorkerHost, staticRoutes } from './static-routes.ts'
import { workerConfig } from '../util/test-worker.ts'

it('leaves to the worker what none of them fits, and every navigation that may be a page', () => {
  const routes = [
    { pattern: '/api/cart', mode: 'off' },
    { pattern: '/feed/[id]', mode: 'off' },
    { pattern: '/a.b', mode: 'off' },
    { pattern: '/products', mode: 'instant' },
    { pattern: '/account', mode: 'gated' },
  ] as const
  const said = staticRoutes(
    workerConfig({
      basePath: '/docs',
      staticUrls: ['https://cdn.test/_next/static/', '/docs/_next/static/'],
      drawings: ['/docs/logo.svg'],
      routes,
    }),
    'none',
  ).map(({ condition: { urlPattern, requestMode, or }, source }) => [urlPattern ?? requestMode ?? or?.length, source])
  expect(said).toEqual([
    ['/docs/api/cart', 'network'],
    ['navigate', 'fetch-event'],
    ['no-cors', 'network'],
    [3, 'cache'],
    ['https://cdn.test/_next/static/*', 'fetch-event'],
    ['/docs/_next/image?*', 'fetch-event'],
    ['/docs/logo.svg', 'fetch-event'],
    [12, 'network'],
  ])
})

it('has the worker hear of a logout', () => {
  const routes = ['/logout', '/api/auth/sign-out', '/blog'].map((pattern) => ({ pattern, mode: 'off' }) as const)
  const past = staticRoutes(workerConfig({ routes }), 'none').flatMap(({ condition: { urlPattern }, source }) =>
    source === 'network' && urlPattern ? [urlPattern] : [],
  )
  expect(past).toEqual(['/blog'])
})

it('lets beacons past the worker, but for those whose answer may say what they have changed', () => {
  const said = staticRoutes(workerConfig({ invalidateOn: ['/docs/api/(all)/'] }), 'none')
  const beacon = { requestMethod: 'POST', requestMode: 'no-cors' }
  expect(said.filter(({ condition }) => condition.requestMethod === 'POST')).toEqual([
    { condition: { urlPattern: String.raw`/docs/api/\(all\)/*`, ...beacon }, source: 'fetch-event' },
    { condition: beacon, source: 'network' },
  ])
})

it.each<WorkerHost>(['none', 'listeners'])(
  'takes from the cache only what a document loads, with %s beside it',
  (host) => {
    const said = staticRoutes(workerConfig({ staticUrls: ['https://cdn.test/_next/static/', '/_next/static/'] }), host)
    const cached = said.filter(({ source }) => source === 'cache').map(({ condition }) => condition.or)
    expect(cached).toEqual([
      ['script', 'style', 'font'].map((requestDestination) => ({ urlPattern: '/_next/static/*', requestDestination })),
    ])
  },
)

it.each<[WorkerHost, readonly string[]]>([
  ['listeners', ['fetch-event', 'cache']],
  ['router', ['fetch-event']],
])('takes no request from %s that are there beside it', (host, sources) => {
  const routes = [{ pattern: '/api/cart', mode: 'off' }] as const
  const said = staticRoutes(workerConfig({ routes }), host)
  expect(said.map(({ source }) => source)).toEqual(sources)
  const cached = said.flatMap(({ condition, source }) => (source === 'cache' ? (condition.or ?? []) : []))
  expect(cached.every(({ requestDestination }) => /script|style|font/.test(requestDestination ?? ''))).toBe(true)
})

// Proves which requests fall through to the network untouched. Nearly all cases are requests that must.

import { expect, it } from 'vitest'

import { compileRoutes, ELSEWHERE } from '../../protocol/build/route-match.ts'
import { workerConfig } from '../util/test-worker.ts'
import { mayBePage, type RequestTraits, toNavigation } from './eligible.ts'

const routes = [
  { pattern: '/', mode: 'instant' },
  { pattern: '/products/new', mode: 'off' },
  { pattern: '/products/[slug]', mode: 'instant' },
  { pattern: '/account', mode: 'gated' },
] as const
const config = workerConfig({ routes })
const table = compileRoutes(routes)
const visit: RequestTraits = {
  method: 'GET',
  mode: 'navigate',
  destination: 'document',
  cache: 'default',
  url: 'https://shop.test/products/red',
  referrer: 'https://shop.test/',
  headers: new Headers(),
}

const keys = (path: string, request = visit, changed: Partial<typeof config> = {}) =>
  toNavigation(request, new URL(path, 'https://shop.test'), { ...config, ...changed }, table)?.keys

it('looks for the concrete page first, then for the shell of its route', () => {
  expect(keys('/products/red')).toEqual(['/products/red', '/products/[slug]'])
  expect(keys('/')).toEqual(['/'])
})

it('says whether a guard has to be asked first', () => {
  const mode = (path: string) => toNavigation(visit, new URL(path, 'https://shop.test'), config, table)?.mode
  expect([mode('/account'), mode('/')]).toEqual(['gated', 'instant'])
})

it('takes pages, and no files, of addresses that a rule may lead elsewhere', () => {
  const rewritten = compileRoutes([...routes, { pattern: ELSEWHERE, mode: 'gated' }])
  const keysOf = (path: string) => toNavigation(visit, new URL(path, 'https://shop.test'), config, rewritten)?.keys
  expect(keysOf('/unknown')).toEqual(['/unknown', ELSEWHERE])
  expect(['/report.pdf', '/_next/data/x', '/products/new'].map(keysOf)).toEqual([undefined, undefined, undefined])
})

it('ignores the query', () => {
  expect(keys('/products/red?sort=price&nxtPslug=x')).toEqual(['/products/red', '/products/[slug]'])
})

it('spells the path as the adapter does', () => {
  expect(keys('/products/caf%c3%a9')).toEqual(['/products/caf%C3%A9', '/products/[slug]'])
})

it.each([
  '/unknown',
  '/products/new',
  '/products/a/b',
  '/products/',
  '/products/%E0%A4%A',
  '/products/a%2Fb',
  '//products/a',
])('lets %j through', (path) => {
  expect(keys(path)).toBeUndefined()
})

it.each<[string, Partial<RequestTraits>]>([
  ['a form', { method: 'POST' }],
  ['a fetch', { mode: 'cors' }],
  ['a frame', { destination: 'iframe' }],
  ['a range', { headers: new Headers({ range: 'bytes=0-9' }) }],
])('lets %s through', (_name, change) => {
  expect(keys('/', { ...visit, ...change })).toBeUndefined()
})

it.each<[string, Partial<RequestTraits>, boolean]>([
  ['a visit', {}, false],
  ['a reload', { cache: 'no-cache' }, true],
  ['a reload in WebKit', { referrer: 'https://shop.test/products/red#size' }, true],
  ['a hard reload', { cache: 'reload' }, true],
  ['back or forward', { cache: 'force-cache' }, false],
  ['back or forward to a page from itself', { cache: 'force-cache', referrer: visit.url }, false],
])('tells a repeat from a visit: %s', (_name, change, isRepeat) => {
  const request = { ...visit, ...change }
  expect(toNavigation(request, new URL(visit.url), config, table)?.isRepeat).toBe(isRepeat)
})

it.each<[string, Partial<RequestTraits>, boolean]>([
  ['/unknown', {}, true],
  ['/unknown', { cache: 'no-cache' }, true],
  ['/products/new', {}, false],
  ['/prices.pdf', {}, false],
  ['/_next/data', {}, false],
  ['/about/_next/data', {}, true],
  ['/v1.2/prices', {}, true],
  ['/prices%E0%A4%A', {}, true],
  ['/a%2Fb', {}, true],
  ['/a%5Cb', {}, true],
  ['/a%0Ab', {}, true],
  ['/a%2Fb.pdf', {}, false],
  ['/unknown', { destination: 'iframe' }, false],
  ['/unknown', { method: 'POST' }, false],
])('takes %s for a page that may need the offline page, or not', (path, change, isPage) => {
  expect(mayBePage({ ...visit, ...change }, new URL(path, visit.url), config, table)).toBe(isPage)
})

it('takes for a page, with no record, what the row for other addresses leaves out', () => {
  const rewritten = compileRoutes([...routes, { pattern: ELSEWHERE, mode: 'gated', except: ['/dynamic'] }])
  const url = new URL('/dynamic', visit.url)
  expect(toNavigation(visit, url, config, rewritten)).toBeUndefined()
  expect(mayBePage(visit, url, config, rewritten)).toBe(true)
})

it('answers below the base path and nowhere else', () => {
  const below = { basePath: '/docs' }
  expect(keys('/docs', visit, below)).toEqual(['/'])
  expect(keys('/docs/products/a', visit, below)).toEqual(['/products/a', '/products/[slug]'])
  expect(keys('/docsy', visit, below)).toBeUndefined()
  expect(keys('/else/products/a', visit, below)).toBeUndefined()
  expect(mayBePage(visit, new URL('/docs/unknown', visit.url), { ...config, ...below }, table)).toBe(true)
  expect(mayBePage(visit, new URL('/else/unknown', visit.url), { ...config, ...below }, table)).toBe(false)
  expect(keys('/products/a', visit, below)).toBeUndefined()
})

it('leaves the form of a path that Next redirects to the network', () => {
  expect(keys('/products/a/', visit, { trailingSlash: false })).toBeUndefined()
  expect(keys('/products/a', visit, { trailingSlash: true })).toBeUndefined()
  expect(keys('/products/a/', visit, { trailingSlash: true })).toEqual(['/products/a', '/products/[slug]'])
})

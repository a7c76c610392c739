// The tested routes are those that `@vercel/next` 23 writes for an app with one static and one dynamic page, shortened.

import { expect, it } from 'vitest'

import { resolveRoute, type Route } from './routes.ts'

const ROUTES: readonly Route[] = [
  { src: '^(?:\\/((?:[^\\/]+?)(?:\\/(?:[^\\/]+?))*))\\/$', headers: { Location: '/$1' }, status: 308, continue: true },
  { src: '^\\/sw\\.js(?:\\/)?$', headers: { 'Cache-Control': 'no-cache' }, continue: true },
  {
    src: '/(?<path>.+?)(?:/)?$',
    dest: '/$path.segments/$segmentPath.segment.rsc',
    has: [{ type: 'header', key: 'next-router-segment-prefetch', value: '/(?<segmentPath>.+)' }],
    continue: true,
  },
  { handle: 'filesystem' },
  { handle: 'resource' },
  { src: '/.*', status: 404 },
  { handle: 'miss' },
  { src: '/_next/static/.+', status: 404, check: true, dest: '/_next/static/not-found.txt' },
  { handle: 'rewrite' },
  {
    src: '^[/]?/p/(?<nxtPslug>[^/]+?)(\\.rsc|\\.segments/.+\\.segment\\.rsc|)(?:/)?$',
    dest: '/p/[slug]$2?nxtPslug=$nxtPslug',
    check: true,
  },
  { handle: 'hit' },
  { src: '/((?!index$).*?)(?:/)?$', headers: { 'x-matched-path': '/$1' }, continue: true },
  { handle: 'error' },
  { src: '/.*', dest: '/404', status: 404 },
]
const OUTPUT = [
  '/',
  '/now',
  '/p/[slug]',
  '/sw.js',
  '/404',
  '/now.segments/_tree.segment.rsc',
  '/_next/static/not-found.txt',
]

function resolve(url: string, headers: Record<string, string> = {}): ReturnType<typeof resolveRoute> {
  return resolveRoute(ROUTES, url, headers, (path) => OUTPUT.includes(path))
}

it('takes what is there at the path, with the headers of the rules on the way', () => {
  expect(resolve('/now?a=1')).toMatchObject({ path: '/now', headers: { 'x-matched-path': '/now' }, status: undefined })
  expect(resolve('/sw.js')).toMatchObject({ path: '/sw.js', headers: { 'cache-control': 'no-cache' } })
})

it('leads to a dynamic page by its rule, with the parameter in the query', () => {
  const target = resolve('/p/other')
  expect(target).toMatchObject({ path: '/p/[slug]', headers: { 'x-matched-path': '/p/[slug]' } })
  expect(String(target?.query)).toBe('nxtPslug=other')
})

it('names a segment by the header that asks for it', () => {
  expect(resolve('/now', { 'next-router-segment-prefetch': '/_tree' })?.path).toBe('/now.segments/_tree.segment.rsc')
})

it('redirects where a rule says so', () => {
  expect(resolve('/now/')).toMatchObject({ status: 308, headers: { location: '/now' } })
})

it('has the page of an error for what is not there', () => {
  expect(resolve('/missing')).toMatchObject({ path: '/404', status: 404 })
  expect(resolve('/_next/static/missing.js')?.status).toBe(404)
})

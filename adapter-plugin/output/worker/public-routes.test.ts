// Proves which routes of an app are public, because everybody can read them in the worker's script.

import { expect, it } from 'vitest'

import { publicRoutes } from './public-routes.ts'

const HANDLERS = ['/api/orders/[id]', '/api/internal/keys', '/feed', '/blog/rss'].map((pattern) => ({
  pattern,
  mode: 'off' as const,
  route: pattern,
}))
const page = { pattern: '/blog/[slug]', mode: 'instant', route: '/blog/[slug]', except: ['/blog/old'] } as const
const patternsOf = (pages: readonly string[]) => publicRoutes([page, ...HANDLERS], pages).map(({ pattern }) => pattern)

it('names no route handler below a name that no page has', () => {
  expect(patternsOf(['/', '/blog/[slug]'])).toEqual(['/api/[[...off]]', '/blog/[slug]', '/feed', '/blog/rss'])
})

it('names them if a page may be beside them', () => {
  const all = ['/blog/[slug]', ...HANDLERS.map(({ pattern }) => pattern)]
  expect(patternsOf(['/', '/[...rest]', '/blog/[slug]'])).toEqual(all)
  expect(patternsOf(['/', '/blog/[slug]', '/api/docs']).toSorted()).toEqual(all.toSorted())
})

it('tells no more of a route than what its paths are matched by', () => {
  expect(publicRoutes([page], ['/blog/[slug]'])).toEqual([
    { pattern: '/blog/[slug]', mode: 'instant', except: ['/blog/old'] },
  ])
})

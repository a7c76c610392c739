// Proves that a rule for some paths of a pattern applies to those paths, and that the pattern stays instant.

import { expect, it } from 'vitest'

import type { ContextChange } from '../../test-context.ts'
import { candidate, classifyOne, rule } from '../test-classify.ts'

const HEADERS = { 'x-frame-options': 'DENY' }

const COOKIE = { has: [{ type: 'cookie', key: 'x' }] }

it.each<[string, ContextChange, string]>([
  ['a redirect', { routing: { beforeMiddleware: [rule('/blog/old', '^/blog/old$', { status: 307 })] } }, 'a redirect'],
  [
    'a redirect on a condition',
    { routing: { beforeMiddleware: [rule('/blog/old', '^/blog/old$', { status: 307, ...COOKIE })] } },
    'a redirect',
  ],
  ['a rewrite', { routing: { beforeFiles: [rule('/blog/old', '^/blog/old$')] } }, 'a rewrite'],
  ['a rewrite before dynamic routes', { routing: { afterFiles: [rule('/blog/old', '^/blog/old$')] } }, 'a rewrite'],
  ['a proxy', { middleware: { config: { matchers: [rule('/blog/old', '^/blog/old$')] } } }, 'a proxy'],
  [
    'a header',
    { routing: { beforeMiddleware: [rule('/blog/old', '^/blog/old$', { headers: HEADERS })] } },
    'a rule of headers()',
  ],
  [
    'a header on a condition',
    { routing: { beforeMiddleware: [rule('/blog/old', '^/blog/old$', { headers: HEADERS, ...COOKIE })] } },
    'a rule of headers()',
  ],
])('is instant beside %s that is for one of its paths', (_name, change, what) => {
  for (const pattern of ['/blog/[...path]', '/blog/[slug]', '/[...rest]', '/[[...slug]]', '/[a]/[b]']) {
    const classified = classifyOne(candidate(pattern), change)
    expect(classified, pattern).toMatchObject({ mode: 'instant', reason: 'fallback shell' })
    expect(classified, pattern).toMatchObject({
      except: [{ source: '/blog/old', globs: ['/blog/old'], reason: `${what} is for it` }],
    })
  }
})

it('is gated beside more exceptions than a table should have', () => {
  const beforeMiddleware = Array.from({ length: 1001 }, (_none, at) => rule(`/${at}`, `^/${at}$`, { status: 308 }))
  expect(classifyOne(candidate('/[slug]'), { routing: { beforeMiddleware: beforeMiddleware.slice(1) } }).mode).toBe(
    'instant',
  )
  expect(classifyOne(candidate('/[slug]'), { routing: { beforeMiddleware } }).mode).toBe('gated')
})

// Proves which requests make a browser lose its copies: those that may be a logout or a login.

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { mayChangeVisitor } from './visitor.ts'

beforeEach(() => vi.stubGlobal('location', new URL('https://shop.test/sw.js')))
afterEach(() => vi.unstubAllGlobals())

it.each([
  [true, 'GET', '/logout', ''],
  [true, 'POST', '/api/auth/signout', ''],
  [true, 'GET', '/de/Sign-Off', ''],
  [true, 'GET', '/log_out?to=/', 'rsc'],
  [true, 'POST', '/login', ''],
  [true, 'POST', '/api/auth/callback/credentials', ''],
  [true, 'DELETE', '/api/session', ''],
  [false, 'GET', '/login', ''],
  [false, 'GET', '/blog/outlook', ''],
  [false, 'POST', '/api/cart', ''],
  [false, 'GET', '/products?next=/logout', ''],
  [false, 'GET', '/logout', 'next-router-prefetch'],
  [false, 'GET', '/logout', 'next-router-segment-prefetch'],
  [false, 'GET', 'https://other.test/logout', ''],
])('says %s for %s %s %s', (may, method, url, header) => {
  const headers = header ? { [header]: '1' } : {}
  expect(mayChangeVisitor(new Request(new URL(url, location.href), { method, headers }))).toBe(may)
})

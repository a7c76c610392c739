// Proves which pages a name in the option `routes` covers, above all that a glob never covers a route of which it matches only a part.

import { expect, it } from 'vitest'

import { unknownNames, wishFor } from './route-modes.ts'

it.each<[string, string, string | undefined]>([
  ['/blog/*', '/blog/one', undefined],
  ['/blog/*', '/blog/[slug]', undefined],
  ['/blog/**', '/blog', undefined],
  ['/blog/**', '/blog/[...rest]', undefined],
  ['/blog/**', '/blog/[[...rest]]', undefined],
  ['/**', '/', undefined],
  ['/**', '/[lang]/about', undefined],
  ['/[lang]/**', '/[lang]/about', undefined],
  ['/*/about', '/[lang]/about', undefined],
  ['/[lang]/**', '/en/about', '/[lang]/about'],
  ['/käse/*', '/k%C3%A4se/a', undefined],
])('takes with %s the page %s', (glob, key, route = key) => {
  expect(wishFor({ key, route }, { [glob]: 'instant' })).toBe('instant')
  expect(unknownNames({ [glob]: 'instant' }, new Set([key, route]))).toEqual([])
})

it.each([
  ['/*', '/[...rest]'],
  ['/*', '/[[...rest]]'],
  ['/*', '/a/b'],
  ['/*', '/'],
  ['/blog/**', '/blogs'],
  ['/blog/a*', '/blog/[slug]'],
  ['/a*', '/[slug]'],
  ['/en/**', '/[lang]/about'],
  ['/blog/x', '/blog/[slug]'],
])('does not take with %s the page %s', (glob, page) => {
  expect(wishFor({ key: page, route: page }, { [glob]: 'instant' })).toBeUndefined()
  expect(unknownNames({ [glob]: 'instant' }, new Set([page]))).toEqual([glob])
})

it('has an exact name win over a glob, and a glob over those below it', () => {
  const wishes = { '/admin/**': 'gated', '/**': 'instant', '/admin/help': 'off' } as const
  const wished = (key: string) => wishFor({ key, route: key }, wishes)
  expect(['/admin/users', '/about', '/admin/help'].map(wished)).toEqual(['gated', 'instant', 'off'])
})

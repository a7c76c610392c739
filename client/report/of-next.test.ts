// Proves which route a page reports, and that it contains no value of a parameter.

import { expect, it } from 'vitest'

import { routeIn } from './of-next.ts'

const PAGE = ['__PAGE__', {}]
const below = (segment: unknown, tree: unknown): unknown => [segment, { children: tree }, null, null]

it.each([
  ['/', below('', PAGE)],
  ['/', below('', below('(shop)', PAGE))],
  ['/products/[slug]', below('', below('(shop)', below('products', below(['slug', 'tide-lamp', 'd', null], PAGE))))],
  ['/[...rest]', below('', below(['rest', 'a/b', 'c', null], PAGE))],
  ['/docs/[[...rest]]', below('', below('docs', below(['rest', '', 'oc', null], ['__PAGE__?{"q":"mine"}', {}])))],
  ['/_not-found', below('', below('/_not-found', PAGE))],
  [undefined, below('', below(['slug', 'mine', 'ci(..)', null], PAGE))],
  [undefined, below('', below('products', undefined))],
  [undefined, undefined],
  [undefined, { children: 1 }],
])('reports %s', (route, tree) => {
  expect(routeIn(tree)).toBe(route)
})

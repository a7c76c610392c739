// Proves that what is remembered stays within its bytes, and that the last used is kept longest.

import { expect, it } from 'vitest'

import { BoundedMap, sizeOfText } from './bounded-map.ts'

const [a, b, c] = ['a', 'b', 'c'] as const
const state = (characters: number) => ({ state: 'x'.repeat(characters) })
const bounded = () => new BoundedMap<string, { state: string }>(20, ({ state: text }) => sizeOfText(text))

it('forgets the one that was used least lately', () => {
  const cache = bounded()
  cache.set(a, state(5))
  cache.set(b, state(5))
  cache.get(a)
  cache.set(c, state(5))
  expect([a, b, c].map((digest) => cache.get(digest) !== undefined)).toEqual([true, false, true])
})

it('keeps the others when one is too large for it', () => {
  const cache = bounded()
  cache.set(a, state(10))
  cache.set(b, state(11))
  expect(cache.get(a)).toEqual(state(10))
  expect(cache.get(b)).toBeUndefined()
})

it('counts a state once that was put in twice', () => {
  const cache = bounded()
  cache.set(a, state(5))
  cache.set(a, state(5))
  cache.set(b, state(5))
  expect(cache.get(a)).toEqual(state(5))
})

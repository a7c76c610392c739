// Proves that renders are counted by visit, among everything else that a server prints.

import { expect, it } from 'vitest'

import { countRenders } from './renders.ts'

it('counts each render by its visitor, and nothing else', () => {
  const output = ' ✓ Ready in 200ms\nrender a1\nrender b2\nwill render a1\nrender a1 again\nrender a1\n'
  expect([...countRenders(output)]).toEqual([
    ['a1', 2],
    ['b2', 1],
  ])
  expect(countRenders('').get('a1')).toBeUndefined()
})

// Proves that `off` is read as a word of its own.

import { expect, it } from 'vitest'

import { isOff } from './switch.ts'

it.each([
  ['off', true],
  ['rollout=0.1, off', true],
  ['off;since=1', true],
  [' off ', true],
  ['offline', false],
  ['on', false],
  ['', false],
  [null, false],
])('takes %o for off: %o', (header, expected) => {
  expect(isOff(header)).toBe(expected)
})

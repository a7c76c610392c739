// Proves which releases are too old for the package, and in which a page may start before its rest has arrived.

import { expect, it } from 'vitest'

import { hasOneStage, isTooOld } from './supported.ts'

it.each([
  ['15.9.9', true, false],
  ['16.2.4', true, false],
  ['16.2.5', false, false],
  ['16.3.12', false, false],
  ['16.4.0-canary.3', false, true],
  ['16.4.0', false, true],
  ['17.0.0', false, true],
])('Next %s is too old: %s, and writes one stage: %s', (version, isOld, isOne) => {
  expect([isTooOld(version), hasOneStage(version)]).toEqual([isOld, isOne])
})

// Proves that a tap is judged by what the page showed: an unanswered tap never counts as a quick one.

import { expect, it } from 'vitest'

import { toTap } from './tap.ts'

it('counts from the tap to the answer', () => {
  expect(toTap({ at: 130, answered: 142 }, 24)).toEqual({ at: 130, answer: 12, inp: 24 })
})

it('says that a lost tap has no answer, however short its events were', () => {
  expect(toTap({ at: 130 }, 8)).toEqual({ at: 130, answer: Infinity, inp: 8 })
})

it('knows of no tap if the page had none', () => {
  for (const noted of [undefined, null, {}, { answered: 3 }]) expect(toTap(noted, 8)).toBeUndefined()
})

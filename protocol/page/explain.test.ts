// Proves that no visit is left unexplained and that different rungs read differently.

import fc from 'fast-check'
import { expect, it } from 'vitest'

import { explain } from './explain.ts'
import type { Visit } from './inspection.ts'
import { visitOf } from './test-visit.ts'
import { REFUSALS } from '../verdict.ts'

const oneOf = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values)

it('has whole sentences for whatever happens', () => {
  const any = fc.record({
    outcome: oneOf('instant', 'gated', 'offline', 'static', 'network', 'offline-page', 'failed'),
    mode: oneOf('instant', 'gated', undefined),
    isRepeat: fc.boolean(),
    lookup: oneOf('usable', 'unseen', 'invalidated', 'expired', 'none', undefined),
    reply: oneOf('resumed', 'document', 'refused', 'unanswered', 'other', 'late', 'failed', undefined),
    refusal: oneOf(...REFUSALS, undefined),
    ending: oneOf('complete', 'recovery', 'outdated', 'offline', 'stranded', 'abandoned', undefined),
    simulation: oneOf('nothing', 'offline', 'refusal'),
  } satisfies { [Name in keyof Visit]?: fc.Arbitrary<Visit[Name]> })
  fc.assert(
    fc.property(any, (given) => {
      expect(explain(visitOf(given))).toMatch(/^[A-Z][^]*[a-z)]\.$/)
      expect(explain(visitOf(given))).not.toContain('undefined')
    }),
  )
})

it.each([
  [{}, 'The origin rendered only the holes.'],
  [{ reply: 'refused', refusal: 'build' }, 'The origin refused (build), so the rest'],
  [{ reply: 'unanswered' }, 'gave no verdict'],
  [{ hadStaleHoles: true }, 'The network was slow, so its holes showed those of the last visit meanwhile. The origin'],
  [{ ending: 'recovery' }, 'reloaded itself once, from the network'],
  [{ ending: 'outdated' }, 'the stored shell was dropped'],
  [{ outcome: 'static', reply: undefined }, 'all of it was stored'],
  [{ outcome: 'offline', reply: 'failed' }, 'The network failed'],
  [{ outcome: 'offline', reply: undefined }, 'did not answer in time'],
  [{ outcome: 'network', isRepeat: true }, 'It was a reload'],
  [{ outcome: 'network', lookup: 'unseen' }, 'The host adds security headers'],
  [{ outcome: 'network', lookup: 'invalidated' }, 'The visitor has changed'],
  [{ outcome: 'network', lookup: 'expired' }, 'past its expiry'],
  [{ outcome: 'network', lookup: 'none' }, 'Nothing was stored'],
  [{ outcome: 'network', mode: undefined }, 'No record can answer this path'],
  [{ outcome: 'network', mode: 'gated', reply: 'refused', refusal: 'route' }, 'refused the stored shell (route)'],
  [{ simulation: 'refusal' }, 'The inspector simulated it.'],
] as const)('tells %o', (given, sentence) => {
  expect(explain(visitOf(given))).toContain(sentence)
})

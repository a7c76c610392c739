// Proves for which states it is known that nothing they were rendered from was revalidated since. What an origin makes of that is tested
// in ../answer/revalidated.test.ts.

import { expect, it } from 'vitest'

import { asDigest } from '../../protocol/digest.ts'
import { KnownRecords } from './known-records.ts'
import { LastServed } from './last-served.ts'

const was = asDigest('w'.repeat(43))
if (!was) throw new Error('no digest')

it('takes no state for another one whose digest begins alike', async () => {
  const revalidations = { any: () => false, anyOf: async () => false }
  const served = new LastServed(1000, { known: new KnownRecords('', []), builtAt: 0, revalidations })
  const page = { tags: [], isStale: false, asOf: 0 }
  served.note(page, was)
  const alike = asDigest(was.slice(0, 10) + 'A'.repeat(33))
  if (!alike) throw new Error('no digest')
  expect([await served.isOutdated(was), await served.isOutdated(alike)]).toEqual([false, true])
})

it('checks every tag if no one says which the page has', async () => {
  const revalidations = { any: () => true, anyOf: async () => false }
  const served = new LastServed(1000, { known: new KnownRecords('', []), builtAt: 0, revalidations })
  served.note({ tags: ['own'], isStale: false, asOf: 0 }, was)
  expect([await served.isOutdated(was), await served.isOutdated(was, ['own'])]).toEqual([true, false])
})

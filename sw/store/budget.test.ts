// Proves what is deleted if a browser has stored too much.

import fc from 'fast-check'
import { expect, it } from 'vitest'

import type { Offline } from '../../protocol/build/worker-config.ts'
import { tooMany, type Weighed } from './budget.ts'

const use = (key: string, usedAt: number, given: Partial<Weighed> = {}): Weighed => {
  return { key, usedAt, bytes: 10, isOfRoute: false, hasParams: false, isVisited: false, ...given }
}
const PLAIN: Offline = { page: { html: '' }, expired: true }
const within = (records: number, bytes: number, offline = PLAIN) => ({ budget: { records, bytes, images: 0 }, offline })
const keys = (uses: readonly { readonly key: string }[]) => uses.map(({ key }) => key)

it('takes what was not used for longest', () => {
  const uses = [use('/old', 1), use('/new', 3), use('/mid', 2)]
  expect(keys(tooMany(uses, within(2, 100)))).toEqual(['/old'])
  expect(keys(tooMany(uses, within(9, 20)))).toEqual(['/old'])
})

it('keeps the offline page, then what was visited, then pages without parameters, then shells of routes, then their pages', () => {
  const inOrder = [
    use('/offline', 1),
    use('/p/visited', 2, { isVisited: true, hasParams: true }),
    use('/', 3),
    use('/p/[slug]', 4, { isOfRoute: true, hasParams: true }),
    use('/p/a', 5, { hasParams: true }),
  ]
  const offline: Offline = { page: { key: '/offline' }, expired: true }
  for (let records = 1; records <= inOrder.length; records++)
    expect(keys(tooMany(inOrder.toReversed(), within(records, 100, offline))).toSorted(), `${records} kept`).toEqual(
      keys(inOrder.slice(records)).toSorted(),
    )
  expect(keys(tooMany(inOrder, within(0, 0, offline)))).not.toContain('/offline')
})

const anyUse = fc.record({
  key: fc.string(),
  bytes: fc.nat(50),
  usedAt: fc.nat(9),
  isOfRoute: fc.boolean(),
  hasParams: fc.boolean(),
  isVisited: fc.boolean(),
})

it('always leaves what fits, and nothing unvisited if a visited one had to go for its number', () => {
  fc.assert(
    fc.property(fc.array(anyUse, { maxLength: 20 }), fc.nat(10), fc.nat(200), (uses, records, bytes) => {
      const gone = tooMany(uses, within(records, bytes))
      const left = uses.filter((one) => !gone.includes(one))
      expect(left.length).toBeLessThanOrEqual(records)
      expect(left.reduce((sum, one) => sum + one.bytes, 0)).toBeLessThanOrEqual(bytes)
      if (uses.every((one) => one.bytes === 0) && gone.some(({ isVisited }) => isVisited)) {
        expect(left.every(({ isVisited }) => isVisited)).toBe(true)
      }
    }),
  )
})

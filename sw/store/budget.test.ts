// Proves what has to go where a browser holds too much.

import fc from 'fast-check'
import { expect, it } from 'vitest'

import { tooMany } from './budget.ts'

const use = (key: string, usedAt: number, bytes = 10, isOfRoute = false) => ({ key, bytes, usedAt, isOfRoute })
const keys = (uses: readonly { readonly key: string }[]) => uses.map(({ key }) => key)

it('takes what was not used for longest', () => {
  const uses = [use('/old', 1), use('/new', 3), use('/mid', 2)]
  expect(keys(tooMany(uses, { records: 2, bytes: 100, images: 0 }))).toEqual(['/old'])
  expect(keys(tooMany(uses, { records: 9, bytes: 20, images: 0 }))).toEqual(['/old'])
})

it('takes a route’s shell after all pages', () => {
  const uses = [use('/p/[slug]', 1, 10, true), use('/a', 5), use('/b', 6)]
  expect(keys(tooMany(uses, { records: 1, bytes: 100, images: 0 }))).toEqual(['/b', '/a'])
})

const anyUse = fc.record({
  key: fc.string(),
  bytes: fc.nat(50),
  usedAt: fc.nat(9),
  isOfRoute: fc.boolean(),
})

it('always leaves what fits, and no page where a route’s shell had to go for its number', () => {
  const budgets = fc.record({ records: fc.nat(10), bytes: fc.nat(200), images: fc.constant(0) })
  fc.assert(
    fc.property(fc.array(anyUse, { maxLength: 20 }), budgets, (uses, budget) => {
      const gone = tooMany(uses, budget)
      const left = uses.filter((one) => !gone.includes(one))
      expect(left.length).toBeLessThanOrEqual(budget.records)
      expect(left.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(budget.bytes)
      if (uses.every(({ bytes }) => bytes === 0) && gone.some(({ isOfRoute }) => isOfRoute)) {
        expect(left.every(({ isOfRoute }) => isOfRoute)).toBe(true)
      }
    }),
  )
})

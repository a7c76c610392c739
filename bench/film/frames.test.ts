// Proves that a film strip shows at each moment what the browser showed then.

import fc from 'fast-check'
import { expect, it } from 'vitest'

import { framesAt, momentsFor } from './frames.ts'

it('shows the latest picture of each moment, and none before the first', () => {
  const frames = [
    { at: 410, picture: 'whole' },
    { at: 76, picture: 'shell' },
  ]
  expect(framesAt(frames, [50, 76, 400, 500])).toEqual([undefined, 'shell', 'shell', 'whole'])
})

it('takes nothing that was painted before the navigation', () => {
  expect(framesAt([{ at: -3, picture: 'the page before' }], [50])).toEqual([undefined])
})

it('ends at or behind the last picture, in even steps', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1 }),
      fc.integer({ min: 1, max: 12 }),
      (ends, count) => {
        const moments = momentsFor(ends, count)
        expect(moments).toHaveLength(count)
        expect(moments.at(-1)).toBeGreaterThanOrEqual(Math.max(...ends))
        expect(new Set(moments.map((moment, at) => moment - (moments[at - 1] ?? 0))).size).toBe(1)
      },
    ),
  )
})

// Makes random sequences of visits: a way to a page, a kind of page, cookies, and what happens to the records before.
// The seed is fixed: in the first eleven visits, links of this and another site lead to stored pages, both open and guarded.
// FUZZ_SEED and FUZZ_RUNS are for longer runs.

import fc from 'fast-check'

import { WAYS, type WayName } from './ways.ts'

/** Pages below /seen of the app `proxied`. */
const KINDS = ['instant', 'static', 'gated', 'elsewhere', 'off'] as const
/** What a script of the page tells the worker before the visit. */
const STATES = ['keep', 'invalidate', 'purge'] as const
export const COOKIES = ['strict', 'lax', 'none', 'plain'] as const

export type Visit = {
  readonly way: WayName
  readonly kind: (typeof KINDS)[number]
  readonly state: (typeof STATES)[number]
  readonly cookies: readonly (typeof COOKIES)[number][]
}

const ways = Object.keys(WAYS) as WayName[]
/** This many visits in a row go to one kind of page: the first brings its record, the others find it. */
const IN_A_ROW = 3

/** Every way once, in any order. */
const round = fc
  .tuple(
    fc.shuffledSubarray(ways, { minLength: ways.length }),
    fc.shuffledSubarray([...KINDS], { minLength: KINDS.length }),
    fc.infiniteStream(fc.constantFrom(...STATES)),
    // The cookie that only this site's own navigations may carry is always set.
    fc.infiniteStream(fc.subarray(COOKIES.filter((name) => name !== 'strict'))),
  )
  .map(([order, kinds, states, cookies]) =>
    order.map((way, at): Visit => ({
      way,
      kind: kinds[Math.floor(at / IN_A_ROW) % kinds.length] ?? 'instant',
      state: at % IN_A_ROW === 0 ? states.next().value : 'keep',
      cookies: ['strict', ...cookies.next().value],
    })),
  )

/** @param runs - The number of visits if FUZZ_RUNS is not set. */
export function sampleVisits(runs: number): readonly Visit[] {
  const length = Number(process.env['FUZZ_RUNS'] ?? runs)
  const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_435)
  return fc
    .sample(round, { seed, numRuns: Math.ceil(length / ways.length) })
    .flat()
    .slice(0, length)
}

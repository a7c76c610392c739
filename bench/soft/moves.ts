// The moves that are measured: a click on a link of Next, how soon after the page, and with which prefetch. Data.

import type { LineShape } from '../line/slow-line.ts'
import { PROFILES } from '../cells.ts'

export type Move = {
  readonly name: string
  readonly line: LineShape
  readonly page: '/links' | '/links-off'
  /** Milliseconds after hydration; undefined where nothing more is asked for by then. */
  readonly after: number | undefined
  /** Of the ratios, where there is one: shell painted, bytes of the page with its prefetches. */
  readonly goals?: { readonly shell?: number; readonly bytes?: number }
}

const LINES = [
  ['100/10', 0.35],
  ['300/1.6', 0.15],
  ['20/50', undefined],
] as const

export const MOVES: readonly Move[] = LINES.flatMap(([profile, shell]) => {
  const line = PROFILES[profile]
  const named = (name: string): string => `${line.roundTrip} ms, ${line.megabits} Mbit/s, ${name}`
  const goals = shell === undefined ? {} : { goals: { shell, bytes: 0.3 } }
  return [
    { name: named('100 ms after hydration'), line, page: '/links', after: 100, ...goals },
    {
      name: named('when all is quiet'),
      line,
      page: '/links',
      after: undefined,
      ...(shell ? { goals: { bytes: 0.3 } } : {}),
    },
    { name: named('no prefetch, 100 ms after hydration'), line, page: '/links-off', after: 100 },
  ] as const
})

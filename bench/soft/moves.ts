// The moves that are measured: a click on a link of Next, how soon after the page, and with which prefetch. Data.

import type { LineShape } from '../line/slow-line.ts'
import { PROFILES } from '../cells.ts'

export type Move = {
  readonly name: string
  readonly line: LineShape
  /** Of the last the links are plain ones: a click is a navigation. */
  readonly page: '/links' | '/links-off' | '/links-plain'
  /** Milliseconds after hydration; undefined where nothing more is asked for by then. */
  readonly after: number | undefined
  /** The pointer is on the link when the page is hydrated, as a visitor's is; else a script clicks. */
  readonly hasPointer?: boolean
  /** Milliseconds that the pointer is on the link before the click. */
  readonly hover?: number
  /** Of the ratios, where there is one: shell and hole painted, bytes of the page with its prefetches. */
  readonly goals?: { readonly shell?: number; readonly hole?: number; readonly bytes?: number }
}

const LINES = [
  ['100/10', 0.35, 0.25],
  ['300/1.6', 0.15, 0.15],
  ['20/50', undefined, undefined],
] as const

export const MOVES: readonly Move[] = LINES.flatMap(([profile, shell, plain]) => {
  const line = PROFILES[profile]
  const named = (name: string): string => `${line.roundTrip} ms, ${line.megabits} Mbit/s, ${name}`
  const goals = shell === undefined ? {} : { goals: { shell, bytes: 0.3 } }
  return [
    { name: named('100 ms after hydration'), line, page: '/links', after: 100, hasPointer: true, ...goals },
    { name: named('100 ms after hydration, by a script'), line, page: '/links', after: 100, ...goals },
    {
      name: named('when all is quiet'),
      line,
      page: '/links',
      after: undefined,
      ...(shell ? { goals: { bytes: 0.3 } } : {}),
    },
    { name: named('no prefetch, 100 ms after hydration'), line, page: '/links-off', after: 100 },
    {
      name: named('a plain link, after 300 ms of hover'),
      line,
      page: '/links-plain',
      after: undefined,
      hasPointer: true,
      hover: 300,
      ...(plain ? { goals: { shell: plain, hole: plain } } : {}),
    },
  ] as const
})

// The measured moves: a click on a link, how soon after the page has hydrated, and with which kind of prefetch. Data.

import type { LineShape } from '../line/slow-line.ts'
import { PROFILES } from '../cells.ts'

/** Without `speculate`, with it, and with `speculate="eager"`, as soon as the pointer touches a link. */
export type PlainPage = '/links-plain' | '/links-speculate' | '/links-eager'

export type Move = {
  readonly name: string
  readonly line: LineShape
  /** A {@link PlainPage} has plain links: a click is a navigation, and with a worker the browser may prepare it. */
  readonly page: '/links' | '/links-off' | PlainPage
  /** Milliseconds after hydration; undefined if the click waits until no more requests are sent. */
  readonly after: number | undefined
  /** The pointer is on the link when the page is hydrated, like a visitor's. Else a script clicks. */
  readonly hasPointer?: boolean
  /** Milliseconds that the pointer is on the link before the click. */
  readonly hover?: number
  /** Goals for the ratios, if there are any: shell and hole painted, bytes of the page with its prefetches. */
  readonly goals?: { readonly shell?: number; readonly hole?: number; readonly bytes?: number }
}

const LINES = [
  ['100/10', 0.35, 0.25],
  ['300/1.6', 0.15, 0.15],
  ['20/50', undefined, undefined],
] as const

const PLAIN = { after: undefined, hasPointer: true, hover: 300 } as const

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
    { ...PLAIN, name: named('a plain link, after 300 ms of hover'), line, page: '/links-plain' },
    {
      ...PLAIN,
      name: named('a plain link, after 300 ms of hover, `speculate`'),
      line,
      page: '/links-speculate',
      ...(plain ? { goals: { shell: plain, hole: plain } } : {}),
    },
    { ...PLAIN, name: named('a plain link, after 300 ms of hover, `speculate="eager"`'), line, page: '/links-eager' },
  ] as const
})

export const isPlain = (page: Move['page']): page is PlainPage => page !== '/links' && page !== '/links-off'
/** Whether the browser requests pages before a click. The price is pages that are never visited. */
export const isSpeculating = ({ page }: Pick<Move, 'page'>): boolean => isPlain(page) && page !== '/links-plain'

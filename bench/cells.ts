// The cells of the bench: each is one table of the report. Data, read by navigation.ts and goals.ts.

import {
  type Arm,
  CACHE_FIRST,
  EARLY,
  FLOOR,
  NETWORK_FIRST,
  NO_WORKER,
  NO_WORKER_AGAIN,
  OURS,
  POST,
  PRELOAD,
  SERWIST,
} from './arms.ts'
import type { LineShape } from './line/slow-line.ts'

/** TCP takes one round trip before the first byte; TLS would add one or two. */
const HANDSHAKES = 1

export const PROFILES = {
  '20/50': { roundTrip: 20, megabits: 50, handshakes: HANDSHAKES },
  '100/10': { roundTrip: 100, megabits: 10, handshakes: HANDSHAKES },
  '300/1.6': { roundTrip: 300, megabits: 1.6, handshakes: HANDSHAKES },
} as const satisfies Record<string, LineShape>
export type ProfileName = keyof typeof PROFILES

export type State = 'warm' | 'cold' | 'new process' | 'first visit' | 'reload' | 'open connection'

export type Cell = {
  readonly profile: ProfileName
  readonly state: State
  readonly page: '/small' | '/large' | '/storefront'
  /** Milliseconds until the hole is rendered. */
  readonly hole: number
  /** Milliseconds that are added to every worker's start. */
  readonly boot: number
  readonly arms: readonly Arm[]
  /** A tap changes a navigation: it may start hydration, and ends the measurement of the largest paint. */
  readonly hasTap: boolean
  /** The part of the requested rounds: fewer if the preparation takes long. */
  readonly share: number
}

const EVERYBODY = [NO_WORKER, NO_WORKER_AGAIN, SERWIST, NETWORK_FIRST, CACHE_FIRST, ...OURS, FLOOR]
const RIVALS = [NO_WORKER, NO_WORKER_AGAIN, NETWORK_FIRST, ...OURS]
const OWN = [NO_WORKER, NO_WORKER_AGAIN, ...OURS]
const EARLY_OR_NOT = [NO_WORKER, NO_WORKER_AGAIN, PRELOAD, POST, EARLY]
const PAIR = [NO_WORKER, NO_WORKER_AGAIN, PRELOAD, POST]

function cell(profile: ProfileName, state: State, arms: readonly Arm[], more: Partial<Cell> = {}): Cell {
  return { profile, state, arms, page: '/small', hole: 100, boot: 0, hasTap: false, share: 1, ...more }
}

export const CELLS: readonly Cell[] = [
  cell('100/10', 'warm', EVERYBODY),
  cell('100/10', 'cold', EVERYBODY),
  cell('100/10', 'warm', OWN, { hole: 0 }),
  cell('100/10', 'warm', OWN, { hole: 1000 }),
  cell('100/10', 'warm', OWN, { page: '/large' }),
  cell('300/1.6', 'warm', RIVALS),
  cell('300/1.6', 'cold', RIVALS),
  cell('300/1.6', 'warm', OWN, { page: '/large' }),
  cell('20/50', 'warm', RIVALS),
  cell('20/50', 'cold', RIVALS),
  cell('20/50', 'open connection', PAIR),
  cell('100/10', 'reload', PAIR, { share: 0.6 }),
  cell('100/10', 'new process', PAIR, { share: 0.6 }),
  cell('20/50', 'first visit', [NO_WORKER, NO_WORKER_AGAIN, PRELOAD], { share: 0.8 }),
  cell('100/10', 'first visit', [NO_WORKER, NO_WORKER_AGAIN, PRELOAD], { share: 0.8 }),
  cell('300/1.6', 'first visit', [NO_WORKER, NO_WORKER_AGAIN, PRELOAD], { share: 0.8 }),
  cell('100/10', 'cold', RIVALS, { boot: 200 }),
]

const TAP = { hasTap: true } as const
const STOREFRONT = { page: '/storefront' } as const

/** How soon a page can be used: these cells have a run of their own. */
export const INTERACTIVE_CELLS: readonly Cell[] = [
  cell('100/10', 'warm', [...EARLY_OR_NOT, NETWORK_FIRST, CACHE_FIRST], TAP),
  cell('300/1.6', 'warm', EARLY_OR_NOT, TAP),
  cell('20/50', 'warm', EARLY_OR_NOT, TAP),
  cell('100/10', 'cold', EARLY_OR_NOT, TAP),
  cell('100/10', 'warm', EARLY_OR_NOT, { ...TAP, hole: 1000 }),
  cell('100/10', 'warm', EARLY_OR_NOT, STOREFRONT),
  cell('100/10', 'warm', EARLY_OR_NOT, { ...STOREFRONT, ...TAP }),
  cell('300/1.6', 'warm', EARLY_OR_NOT, { ...STOREFRONT, ...TAP }),
]

/** The name of a cell in the report and in BENCH_CELLS. */
export function nameOf({ profile, state, page, hole, boot, hasTap }: Cell): string {
  const [roundTrip, megabits] = profile.split('/')
  const slow = boot === 0 ? '' : `, workers start ${boot} ms later`
  const tap = hasTap ? ', with a tap' : ''
  return `${roundTrip} ms, ${megabits} Mbit/s, ${state}${slow}${tap}: ${page}, hole of ${hole} ms`
}

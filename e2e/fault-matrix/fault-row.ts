// What a row of the fault matrix says: what breaks, when, and how the visit ends all the same.

import type { Driver } from '../engines/driver.ts'
import type { Relay } from '../harness/servers/relay.ts'
import type { RunningServer } from '../harness/servers/server.ts'

export type Stage = {
  readonly tab: Driver
  readonly relay: Relay
  /** Answers unless a row says otherwise, with build `one`. */
  readonly server: RunningServer
  /** Build `two`. */
  readonly next: RunningServer
}
export type Step = (stage: Stage) => Promise<void> | void

export type FaultRow = {
  readonly id: string
  readonly what: string
  /** @defaultValue `/` */
  readonly path?: string
  /** Whether worker, records or files are others when the visit is over: the next row needs another visitor then. */
  readonly spoilsStore?: true
  /** Breaks something, once the worker is there. */
  readonly arrange: Step
  /** What happens during the visit. */
  readonly during?: Step
  /** Whole with every hole filled, or still with holes in it. */
  readonly end: 'whole' | 'still'
  /** @defaultValue `Home` */
  readonly heading?: string
  /** How each document of the visit comes. */
  readonly documents: readonly string[]
  /** Where another way follows from a navigation preload. */
  readonly preloaded?: readonly string[]
  /** And where what it brings is there before the store has answered: the worker knows then that no shell is to be shown. */
  readonly sooner?: readonly string[]
}

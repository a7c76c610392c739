// The type of a row of the fault matrix: what breaks, when, and how the visit still ends.

import type { Driver } from '../engines/driver.ts'
import type { Relay } from '../harness/servers/relay.ts'
import type { RunningServer } from '../harness/servers/server.ts'

export type Stage = {
  readonly tab: Driver
  readonly relay: Relay
  /** Serves build `one`. Answers unless a row says otherwise. */
  readonly server: RunningServer
  /** Serves build `two`. */
  readonly next: RunningServer
}
export type Step = (stage: Stage) => Promise<void> | void

export type FaultRow = {
  readonly id: string
  readonly what: string
  /** @defaultValue `/` */
  readonly path?: string
  /** Set if the visit changes worker, records or files: the next row then needs another visitor. */
  readonly spoilsStore?: true
  /** Breaks something, after the worker is installed. */
  readonly arrange: Step
  /** What happens during the visit. */
  readonly during?: Step
  /** `whole`: every hole is filled. `still`: the page has ended and may have holes. */
  readonly end: 'whole' | 'still'
  /** @defaultValue `Home` */
  readonly heading?: string
  /** How each document of the visit is answered. */
  readonly documents: readonly string[]
  /** The same with navigation preload, if it differs. */
  readonly preloaded?: readonly string[]
  /** The same if the preload's response arrives before the store answers: the worker then knows that it must show no shell. */
  readonly sooner?: readonly string[]
}

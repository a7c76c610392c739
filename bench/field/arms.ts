// The visitors of the example, and which of them are compared. Data.

import type { Verdict } from '../../cli/report/compare.ts'

/** `again`: a second browser of the control group. `late`: a browser whose worker waits and then uses the network. */
export type Arm = 'control' | 'worker' | 'again' | 'late'

export const ARMS: readonly Arm[] = ['control', 'worker', 'again', 'late']

/** Numbers that a browser could have drawn, on both sides of the share that the server sets. */
export const SHARE = 0.5
export const NUMBERS: Readonly<Record<Arm, number>> = { control: 900, worker: 100, again: 901, late: 101 }

/** How long the late worker waits before each page. */
export const LATE_MS = 300

export type Case = {
  readonly name: string
  /** Reported as the worker group, and always compared with the control group. */
  readonly arm: Exclude<Arm, 'control'>
  /** The verdict that the command must give; undefined if the bench's figures decide. */
  readonly planted: Verdict | undefined
}

export const CASES: readonly Case[] = [
  { name: 'worker against control', arm: 'worker', planted: undefined },
  { name: `a worker that waits ${LATE_MS} ms and has no shells, against control`, arm: 'late', planted: 'worse' },
  { name: 'control against control', arm: 'again', planted: 'no difference' },
]

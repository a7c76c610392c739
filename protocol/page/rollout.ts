// Which browsers get the worker where not all of them do. Each draws a number once and keeps it; a share names the numbers below it.
//
//   must give a browser at a share what it had at every smaller one: a share that goes up adds, one that goes down takes away, and
//   one that comes back finds the same browsers again;
//   must be no name for a browser: a thousandth of all visitors has the same number, and it is sent nowhere.

/** How many numbers there are, and so the smallest step of a share. */
const NUMBERS = 1000

/** Parts of all browsers, from 0 to 1. */
export type Shares = {
  /** Those that get the worker, from the lowest number up. */
  readonly rollout: number
  /** Those that never do, from the highest number down: what the others are compared with. */
  readonly holdout: number
}

/** The number of a browser that cannot keep one: it gets the worker when all do. */
export const LAST_NUMBER: number = NUMBERS - 1

/** @param random - From 0 up to 1, without 1. */
export function drawNumber(random: () => number): number {
  return Math.floor(random() * NUMBERS)
}

/** A number that was kept, or undefined where some script has written another thing there. */
export function parseNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,3}$/.test(text) ? Number(text) : undefined
}

export function getsWorker(number: number, { rollout, holdout }: Shares): boolean {
  return number < Math.round(Math.min(rollout, 1 - holdout) * NUMBERS)
}

/** A share as people write it: `0.05`, `.5`, `1`. */
export function parseShare(text: string): number | undefined {
  const share = /^(?:\d+\.?|\d*\.\d+)$/.test(text) ? Number(text) : undefined
  return share !== undefined && share <= 1 ? share : undefined
}

/** As the build tells the client. */
export function formatShares({ rollout, holdout }: Shares): string {
  return `${rollout} ${holdout}`
}

/** What {@link formatShares} wrote. */
export function parseShares(text: string): Shares {
  const [rollout = 1, holdout = 0] = text.split(' ').map(Number)
  return { rollout, holdout }
}

/** In a header's value ({@link formatRollout}), no matter what else was added to it; undefined where none is named. */
export function rolloutIn(header: string | null): number | undefined {
  const [, share = ''] = /(?:^|[,;])\s*rollout=([^,;\s]*)/.exec(header ?? '') ?? []
  return parseShare(share)
}

/** As the value of the header `shell-cache`. */
export function formatRollout(share: number): string {
  return `rollout=${share}`
}

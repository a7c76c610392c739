// Which browsers get the worker if not all of them do. Each browser draws a number once and keeps it; a share covers the numbers below it.
//
//   must give a browser at a share what it had at every smaller one: a share that grows adds browsers, one that shrinks takes some away,
//   and one that returns covers the same browsers again;
//   must not identify a browser: a thousandth of all visitors has the same number, and it is sent nowhere.

/** How many numbers there are. The smallest step of a share is one of them. */
const NUMBERS = 1000

/** Shares of all browsers, from 0 to 1. */
export type Shares = {
  /** The browsers that get the worker, from the lowest number up. */
  readonly rollout: number
  /** The browsers that never get it, from the highest number down: the others are compared with these. */
  readonly holdout: number
}

/** The number of a browser that cannot keep one: it gets the worker when all do. */
export const LAST_NUMBER: number = NUMBERS - 1

/** @param random - Returns a number from 0 up to 1, without 1. */
export function drawNumber(random: () => number): number {
  return Math.floor(random() * NUMBERS)
}

/** A stored number; undefined if some script has written something else there. */
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

/** The share in a header's value ({@link formatRollout}), no matter what else was added to it; undefined if it names none. */
export function rolloutIn(header: string | null): number | undefined {
  const [, share = ''] = /(?:^|[,;])\s*rollout=([^,;\s]*)/.exec(header ?? '') ?? []
  return parseShare(share)
}

/** As the value of the header `shell-cache`. */
export function formatRollout(share: number): string {
  return `rollout=${share}`
}

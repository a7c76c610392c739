// The part of the worker's database that others read, too: a user's tests (playwright/). Only the worker writes it, and only the worker
// knows the rest of it (sw/store/schema.ts).

import type { Digest } from '../digest.ts'
import type { ShellRecord } from './record.ts'
import type { TagHash } from './tags.ts'

/** Tables. A record's key in them is its build and its own key. */
export const RECORDS = 'records'
export const USES = 'uses'
export const MARKS = 'marks'
/** The row of {@link Marks} in their table. */
export const MARKS_ROW = 'marks'

/**
 * A record as this browser stores it. Its revalidation is counted from `receivedAt` (ms, this browser's clock), its expiry from `madeAt`
 * (the same clock). `asOf` is {@link Marks.sequence} at the moment at which the record was requested.
 */
export type StoredRecord = ShellRecord & {
  readonly receivedAt: number
  readonly asOf: number
  /** The paths whose page did not begin with this shell, as numbers that reveal no path (sw/store/unfit-paths.ts). */
  readonly unfitFor?: readonly number[] | undefined
  /**
   * Its security headers are those that the network last sent with the page: a host may add some that the build does not know. False if
   * they hold for one response only (a nonce); absent if no response was seen.
   */
  readonly isSeen?: boolean | undefined
}

/** A URL as a number that reveals no URL (sw/store/pages.ts). */
export type Address = number

/** What was learned of one page of a record. It does not hold for a record that replaces this one. */
export type StoredPage = {
  readonly digest: Digest
  /**
   * Locked by its URL (sw/early-start/stage-lock.ts). Under the page's own address: the beginning of its Flight payload, which no request
   * changes, or `unfit` if it was another one at the next visit. Under another address: a copy (sw/copies/copies.ts).
   */
  readonly kept: Uint8Array<ArrayBuffer> | 'unfit'
}

/** An entry about what was learned of one page; its `bytes` are 0 if that is only that it did not fit. */
export type PageUse = {
  readonly address: Address
  readonly bytes: number
  /** Milliseconds since the epoch, after which it is deleted. */
  readonly until?: number | undefined
}

/** What is asked of many records together, without reading them. Stored under the record's own key. */
export type Use = {
  readonly key: string
  /** Without those of its pages. */
  readonly bytes: number
  /** Milliseconds since the epoch. */
  readonly usedAt: number
  /** The shell of a dynamic route: it opens every path of that route. */
  readonly isOfRoute: boolean
  /** Of a route with parameters. */
  readonly hasParams: boolean
  /** The visitor was there, in whatever build. */
  readonly isVisited: boolean
  /** What the table of pages has under this record, the latest first. */
  readonly pages: readonly PageUse[]
} & Pick<StoredRecord, 'digest' | 'asOf' | 'tags' | 'isSeen'>

/**
 * What is known to have changed on the server, as numbers of one sequence: no clock decides. A record is invalidated if one of them is
 * greater than its `asOf`. One value for all builds: a visitor's write outlives a deploy. The same table also has a row for each build
 * that was installed.
 */
export type Marks = {
  readonly sequence: number
  readonly everything: number
  readonly tags: Readonly<Record<TagHash, number>>
  /** When everything was last thrown away: what was requested before that must not be stored any more. */
  readonly purged: number
  /** How far the measure of pages that had to be reloaded has filled (sw/store/alarm.ts); absent until there is one. */
  readonly alarm?: number
  /** When this browser began to show no shells while the network answers, in milliseconds since the epoch. */
  readonly restsSince?: number
  /** Whether the host adds security headers to pages of the last installed build, as far as was seen. */
  readonly hostAdds?: boolean
}

export const NO_MARKS: Marks = { sequence: 0, everything: 0, tags: {}, purged: 0 }

/** An `asOf` before every known change: the record is invalidated until a newer one is stored. */
export const OUTDATED = -1

/** Whether what a record was made from is known to have changed since the record was requested. */
export function isMarked({ asOf, tags }: Pick<StoredRecord, 'asOf' | 'tags'>, marks: Marks): boolean {
  return marks.everything > asOf || tags.some((tag) => (marks.tags[tag] ?? 0) > asOf)
}

/** Whether the network's page may have security headers that the record lacks: the host adds some, and this page's were not seen. */
export function isUnseen({ isSeen }: Pick<StoredRecord, 'isSeen'>, { hostAdds = false }: Marks): boolean {
  return !(isSeen ?? !hostAdds)
}

/** How long shells rest in a browser in which they do harm. */
export const REST_MS: number = 24 * 60 * 60_000

/** Whether shells rest in this browser. A clock that was set back must not prolong the rest. */
export function isResting({ restsSince = 0 }: Marks, now: number): boolean {
  return Math.abs(now - restsSince) < REST_MS
}

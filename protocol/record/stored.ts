// What lies in the worker's database and others than the worker read: a user's tests (playwright/). The worker alone writes
// it, and knows the rest (sw/store/schema.ts).

import type { Digest } from '../digest.ts'
import type { ShellRecord } from './record.ts'
import type { TagHash } from './tags.ts'

/** Tables. A record's key in them is its build and its own key. */
export const RECORDS = 'records'
export const USES = 'uses'
export const MARKS = 'marks'
/** Where {@link Marks} lie in their table. */
export const MARKS_ROW = 'marks'

/**
 * A record as this browser holds it. `receivedAt` (ms, this browser's clock) is what its revalidation is counted from, `madeAt` (the
 * same clock) its expiry; `asOf` is
 * {@link Marks.sequence} at the moment at which it was asked for.
 */
export type StoredRecord = ShellRecord & {
  readonly receivedAt: number
  readonly asOf: number
  /** Of paths whose page did not begin with this shell: numbers, of which no path can be read (sw/store/unfit-paths.ts). */
  readonly unfitFor?: readonly number[] | undefined
  /**
   * Its security headers are those that the network last sent with the page: a host may add some that the build does not know. False where
   * they hold for one answer (a nonce); absent where no answer was seen.
   */
  readonly isSeen?: boolean | undefined
}

/** A URL as a number, of which no URL can be read (sw/store/pages.ts). */
export type Address = number

/** What was learned of one page of a record, and of no other record in its place. */
export type StoredPage = {
  readonly digest: Digest
  /**
   * Locked by its URL (sw/early-start/stage-lock.ts). Under the page's own address the beginning of its Flight payload, which no request
   * changes: `unfit` where it was another one at the next visit. Under another one a copy (sw/copies/copies.ts).
   */
  readonly kept: Uint8Array<ArrayBuffer> | 'unfit'
}

/** Of what was learned of one page; without bytes where that is only that it did not fit. */
export type PageUse = {
  readonly address: Address
  readonly bytes: number
  /** Milliseconds since the epoch, after which it goes. */
  readonly until?: number | undefined
}

/** What is asked of many records at once, without reading them. Under the record's own key. */
export type Use = {
  readonly key: string
  /** Without those of its pages. */
  readonly bytes: number
  /** Milliseconds since the epoch. */
  readonly usedAt: number
  /** The shell of a dynamic route: it opens every path of it. */
  readonly isOfRoute: boolean
  /** Of a route with parameters. */
  readonly hasParams: boolean
  /** Somebody was there, of whichever build it was. */
  readonly isVisited: boolean
  /** Of what lies in the table of pages under this record, the latest first. */
  readonly pages: readonly PageUse[]
} & Pick<StoredRecord, 'digest' | 'asOf' | 'tags' | 'isSeen'>

/**
 * What is known to have changed on the server, as numbers of one sequence: no clock decides. A record is invalidated where one of
 * them is greater than its `asOf`. One value for all builds: a visitor's write outlives a deploy. Beside it, in the same table,
 * lies a row for each build that was installed.
 */
export type Marks = {
  readonly sequence: number
  readonly everything: number
  readonly tags: Readonly<Record<TagHash, number>>
  /** When everything was thrown away last: what was asked for before it must not be stored any more. */
  readonly purged: number
  /** How full the measure of pages is that had to be reloaded (sw/store/alarm.ts); absent until there is one. */
  readonly alarm?: number
  /** When this browser began to show no shells while the network answers, in milliseconds since the epoch. */
  readonly restsSince?: number
  /** Whether the host adds security headers to pages of the build that was installed last, as far as was seen. */
  readonly hostAdds?: boolean
}

export const NO_MARKS: Marks = { sequence: 0, everything: 0, tags: {}, purged: 0 }

/** `asOf` before anything that is known: invalidated until a newer record is there. */
export const OUTDATED = -1

/** Whether what a record was made from is known to have changed since it was asked for. */
export function isMarked({ asOf, tags }: Pick<StoredRecord, 'asOf' | 'tags'>, marks: Marks): boolean {
  return marks.everything > asOf || tags.some((tag) => (marks.tags[tag] ?? 0) > asOf)
}

/** Whether the network's page may have security headers that the record has not: the host adds some, and none for this page was seen. */
export function isUnseen({ isSeen }: Pick<StoredRecord, 'isSeen'>, { hostAdds = false }: Marks): boolean {
  return !(isSeen ?? !hostAdds)
}

/** As long as shells rest in a browser where they do harm. */
export const REST_MS: number = 24 * 60 * 60_000

/** Whether shells rest in this browser. A clock that was set back must not make it longer. */
export function isResting({ restsSince = 0 }: Marks, now: number): boolean {
  return Math.abs(now - restsSince) < REST_MS
}

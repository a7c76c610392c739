// What lies in the database: one value per record, keyed by the build it belongs to and the path or pattern it answers.
// Shell and sealed state are fields of that one value, so no reader ever sees half a pair. Its segments lie beside it, written and
// deleted in the same transactions: a navigation does not read them.

import type { Digest } from '../../protocol/digest.ts'
import type { RecordKey, Segments, ShellRecord } from '../../protocol/record.ts'
import type { TagHash } from '../../protocol/tags.ts'

export const SCHEMA_VERSION = 3
export const RECORDS = 'records'
export const SEGMENTS = 'segments'
export const USES = 'uses'
export const MARKS = 'marks'

/**
 * A record as this browser holds it. `receivedAt` (ms, this browser's clock) is what its age is counted from; `asOf` is
 * {@link Marks.sequence} at the moment at which it was asked for.
 */
export type StoredRecord = ShellRecord & { readonly receivedAt: number; readonly asOf: number }

/** A record's segments, under its own key. */
export type StoredSegments = Pick<ShellRecord, 'key' | 'digest' | 'kind'> & { readonly segments: Segments }

/** What is asked of many records at once, without reading them. Under the record's own key. */
export type Use = {
  readonly key: string
  readonly bytes: number
  /** Milliseconds since the epoch. */
  readonly usedAt: number
  /** The shell of a dynamic route: it opens every path of it. */
  readonly isOfRoute: boolean
} & Pick<StoredRecord, 'digest' | 'asOf' | 'tags'>

/** What a build has published, by key, in the row of marks that says that it was installed. */
export type Installed = readonly (readonly [key: RecordKey, digest: Digest])[]

/**
 * What is known to have changed on the server, as numbers of one sequence: no clock decides. A record is in doubt where one of
 * them is greater than its `asOf`. One value for all builds: a visitor's write outlives a deploy. Beside it, in the same table,
 * lies a row for each build that was installed.
 */
export type Marks = {
  readonly sequence: number
  readonly everything: number
  readonly tags: Readonly<Record<TagHash, number>>
  /** When everything was thrown away last: what was asked for before it must not be stored any more. */
  readonly purged: number
}

export const NO_MARKS: Marks = { sequence: 0, everything: 0, tags: {}, purged: 0 }

// What lies in the worker's database: one value per record, keyed by the build it belongs to and the path or pattern it answers.
// Shell and sealed state are fields of that one value, so no reader ever sees half a pair. Its segments lie beside it, written and
// deleted in the same transactions: a navigation does not read them. So does what was learned of the pages that it has opened (pages.ts),
// of which a navigation reads one. The records themselves, their uses and the marks are protocol/record/stored.ts's: others read them.

import type { DBSchema } from 'idb'

import type { Digest } from '../../protocol/digest.ts'
import type { PackedSegments } from '../../protocol/record/packed-segments.ts'
import type { RecordKey, ShellRecord } from '../../protocol/record/record.ts'
import {
  type Address,
  type Marks,
  MARKS,
  RECORDS,
  type StoredPage,
  type StoredRecord,
  type Use,
  USES,
} from '../../protocol/record/stored.ts'

export const SCHEMA_VERSION = 5
export const SEGMENTS = 'segments'
export const PAGES = 'pages'
export const TABLES: readonly [typeof RECORDS, typeof SEGMENTS, typeof PAGES, typeof USES, typeof MARKS] = [
  RECORDS,
  SEGMENTS,
  PAGES,
  USES,
  MARKS,
]

/** A record's segments, under its own key. */
export type StoredSegments = Pick<ShellRecord, 'key' | 'digest' | 'kind'> & PackedSegments

/**
 * What a build has published, by key, in the row of marks that says that it was installed. What the install has left for later is true
 * until somebody takes it up.
 */
export type Installed = readonly (readonly [key: RecordKey, digest: Digest, isLeft?: boolean])[]

type KeyOfRecord = [buildId: string, key: RecordKey]
type KeyOfPage = [...KeyOfRecord, address: Address]

export interface Schema extends DBSchema {
  [RECORDS]: { key: KeyOfRecord; value: StoredRecord }
  [SEGMENTS]: { key: KeyOfRecord; value: StoredSegments }
  [PAGES]: { key: KeyOfPage; value: StoredPage }
  [USES]: { key: KeyOfRecord; value: Use }
  /** One row is the marks of all builds; each other one is a build's that was installed. */
  [MARKS]: { key: string | [buildId: string]; value: Marks | Installed }
}

export function isMarks(row: Marks | Installed | undefined): row is Marks {
  return row !== undefined && 'sequence' in row
}

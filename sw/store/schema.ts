// The worker's database: one value per record, keyed by the record's build and the path or pattern that it answers. Shell and sealed state
// are fields of that one value, so no reader ever sees half a pair. The segments have their own table, written and deleted in the same
// transactions, because a navigation does not read them. What was learned of pages (pages.ts) has its own table, too: a navigation reads
// one row of it. The types of records, uses and marks are in protocol/record/stored.ts, because others read these tables.

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
 * What a build has published, by key. It is the row of the marks that says that the build was installed. `isLeft` is true for what the
 * install has left for later, until it is taken up.
 */
export type Installed = readonly (readonly [key: RecordKey, digest: Digest, isLeft?: boolean])[]

type KeyOfRecord = [buildId: string, key: RecordKey]
type KeyOfPage = [...KeyOfRecord, address: Address]

export interface Schema extends DBSchema {
  [RECORDS]: { key: KeyOfRecord; value: StoredRecord }
  [SEGMENTS]: { key: KeyOfRecord; value: StoredSegments }
  [PAGES]: { key: KeyOfPage; value: StoredPage }
  [USES]: { key: KeyOfRecord; value: Use }
  /** One row has the marks of all builds; each other row is for a build that was installed. */
  [MARKS]: { key: string | [buildId: string]; value: Marks | Installed }
}

export function isMarks(row: Marks | Installed | undefined): row is Marks {
  return row !== undefined && 'sequence' in row
}

// What lies in the database: one value per record, keyed by the build it belongs to and the path or pattern it answers.
// Shell and sealed state are fields of that one value, so no reader ever sees half a pair. Its segments lie beside it, written and
// deleted in the same transactions: a navigation does not read them. The records themselves, their uses and the marks are
// protocol/stored.ts's: others read them.

import type { Digest } from '../../protocol/digest.ts'
import type { RecordKey, Segments, ShellRecord } from '../../protocol/record.ts'

export const SCHEMA_VERSION = 3
export const SEGMENTS = 'segments'

/** A record's segments, under its own key. */
export type StoredSegments = Pick<ShellRecord, 'key' | 'digest' | 'kind'> & { readonly segments: Segments }

/** What a build has published, by key, in the row of marks that says that it was installed. */
export type Installed = readonly (readonly [key: RecordKey, digest: Digest])[]

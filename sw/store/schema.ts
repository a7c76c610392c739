// What lies in the database: one value per record, keyed by the build it belongs to and the path or pattern it answers.
// Shell and sealed state are fields of that one value, so no reader ever sees half a pair.

import type { ShellRecord } from '../../protocol/record.ts'

export const SCHEMA_VERSION = 1
export const RECORDS = 'records'

/** A record as this browser holds it. `receivedAt` (ms, this browser's clock) is what its age is counted from. */
export type StoredRecord = ShellRecord & { readonly receivedAt: number }

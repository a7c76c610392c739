// The paths that a record's shell did not fit lie in the record's own row: they outlive the worker, and go with the shell.

import type { RecordKey } from '../../protocol/record/record.ts'
import type { StoredRecord } from '../../protocol/record/stored.ts'
import { writing } from './transaction.ts'

/** Of one shell; the oldest are forgotten, and cost a reload again. */
const MOST_PATHS = 50

/** Notes whether the page at a path begins with the shell; not where another one has taken its place. */
export function noteUnfit(
  { buildId, key, digest }: Pick<StoredRecord, 'buildId' | 'key' | 'digest'>,
  path: RecordKey,
  isUnfit: boolean,
): Promise<void> {
  return writing(async ({ records }) => {
    const at: [string, string] = [buildId, key]
    const record = await records.get(at)
    if (record?.digest !== digest) return
    const others = (record.unfitFor ?? []).filter((other) => other !== path)
    await records.put({ ...record, unfitFor: isUnfit ? [...others, path].slice(-MOST_PATHS) : others }, at)
  })
}

// The paths that a record's shell did not fit lie in the record's own row, as numbers: they outlive the worker, go with the shell, and do not
// say to the next person on the machine what was visited.

import type { RecordKey } from '../../protocol/record/record.ts'
import type { StoredRecord } from '../../protocol/record/stored.ts'
import { numberOf } from '../util/address.ts'
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
    const number = numberOf(path)
    const others = (record.unfitFor ?? []).filter((other) => other !== number)
    await records.put({ ...record, unfitFor: isUnfit ? [...others, number].slice(-MOST_PATHS) : others }, at)
  })
}

/** True for a few other paths as well, by chance: they are asked about first, and lose nothing else. */
export function isNotedUnfit(path: RecordKey, { unfitFor }: Pick<StoredRecord, 'unfitFor'>): boolean {
  return unfitFor?.includes(numberOf(path)) === true
}

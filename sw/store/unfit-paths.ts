// Notes the paths that a record's shell did not fit, as numbers in the record's own row. So they outlive the worker, are deleted with the
// shell, and do not tell the next person at the machine what was visited.

import type { RecordKey } from '../../protocol/record/record.ts'
import type { StoredRecord } from '../../protocol/record/stored.ts'
import { numberOf } from '../util/address.ts'
import { writing } from './transaction.ts'

/** Per shell. The oldest are forgotten, and cost a reload again. */
const MOST_PATHS = 50

/** Notes whether the page at a path begins with the shell. Does nothing if the shell was replaced. */
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

/** By chance also true for a few other paths: for them the network is asked first, and nothing else is lost. */
export function isNotedUnfit(path: RecordKey, { unfitFor }: Pick<StoredRecord, 'unfitFor'>): boolean {
  return unfitFor?.includes(numberOf(path)) === true
}

// The record for a navigation, or nothing: an unanswered store, an unusable record and a corrupt one all count as none, and
// the visitor gets the network's page. Called by navigate.ts.

import type { WorkerConfig } from '../../protocol/worker-config.ts'
import type { StoredRecord } from '../store/schema.ts'
import { withDeadline } from '../deadline.ts'
import { hashOf } from '../hash.ts'
import { deleteRecord, readRecord } from '../store/records.ts'
import type { Navigation } from './eligible.ts'

export async function findRecord(config: WorkerConfig, navigation: Navigation): Promise<StoredRecord | undefined> {
  const { buildId, deadlines } = config
  try {
    // A store that takes longer is slower than what it is there to save (design.md, the ladder).
    const record = await withDeadline(readRecord(buildId, navigation.keys), deadlines.store)
    if (!record || !isUsable(record, Date.now())) return undefined
    if ((await hashOf(record.shell)) === record.shellHash) return record
    await deleteRecord(record)
    return undefined
  } catch {
    return undefined
  }
}

/**
 * A shell past its expiry is not served while the network answers. A whole document has no holes that would show what is
 * new, so it is not served past its revalidation either. Ages count from this browser's own receipt: its clock may be wrong,
 * but it is wrong at both ends.
 */
export function isUsable(record: StoredRecord, now: number): boolean {
  const limit =
    record.kind === 'static' ? (record.lifetime.revalidate ?? record.lifetime.expire) : record.lifetime.expire
  const age = (now - record.receivedAt) / 1000
  return limit === undefined || (age >= 0 && age < limit)
}

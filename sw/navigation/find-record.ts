// The record for a navigation and what may be done with it. An unanswered store and a corrupt record count as none, and the
// visitor gets the network's page. Called by navigate.ts.

import type { WorkerConfig } from '../../protocol/worker-config.ts'
import { withDeadline } from '../deadline.ts'
import { hashOf } from '../hash.ts'
import { deleteRecord, readRecord } from '../store/records.ts'
import type { StoredRecord } from '../store/schema.ts'
import type { Navigation } from './eligible.ts'

/** `outdated` is not shown while the network answers: too old, or the visitor has changed what it was made from. */
export type FoundRecord =
  | { readonly kind: 'usable' | 'outdated'; readonly record: StoredRecord }
  | { readonly kind: 'none'; readonly record?: undefined }

export async function findRecord(config: WorkerConfig, navigation: Navigation): Promise<FoundRecord> {
  const { buildId, deadlines } = config
  try {
    // A store that takes longer is slower than what it is there to save (design.md, the ladder).
    const found = await withDeadline(readRecord(buildId, navigation.keys), deadlines.store)
    if (!found) return { kind: 'none' }
    const { record, isInDoubt } = found
    if ((await hashOf(record.shell)) === record.shellHash)
      return { kind: !isInDoubt && isAlive(record, config, Date.now()) ? 'usable' : 'outdated', record }
    await deleteRecord(record)
  } catch {
    // Below.
  }
  return { kind: 'none' }
}

/**
 * A shell past its expiry is not served while the network answers; past its revalidation it is served, and refreshed. A whole
 * document has no holes that would show what is new, so where it cannot be refreshed it is not served past its revalidation
 * either. Ages count from this browser's own receipt: its clock may be wrong, but it is wrong at both ends.
 */
export function isAlive(
  { kind, lifetime, receivedAt }: StoredRecord,
  { transport }: Pick<WorkerConfig, 'transport'>,
  now: number,
): boolean {
  const { revalidate, expire } = lifetime
  const limit = kind === 'static' && transport !== 'auto' ? (revalidate ?? expire) : expire
  const age = (now - receivedAt) / 1000
  return limit === undefined || (age >= 0 && age < limit)
}

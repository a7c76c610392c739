// Finds the record for a navigation, and says how it may be used. If the store does not answer or the record is corrupt, it counts as
// missing, and the visitor gets the network's page.

import { ELSEWHERE } from '../../protocol/build/route-match.ts'
import type { StoredRecord, StoredPage } from '../../protocol/record/stored.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { withDeadline } from '../util/async.ts'
import { hashOf } from '../util/record.ts'
import { addressOf } from '../util/address.ts'
import { deleteRecord, type Found, readRecord } from '../store/records.ts'
import type { Navigation } from './eligible.ts'

/**
 * Only a `usable` record is shown while the network answers. The others are too old, show something that the visitor has changed, or may
 * lack headers of the host that were not `seen` yet.
 */
export type FoundRecord =
  | {
      readonly kind: 'usable' | 'unseen' | 'invalidated' | 'expired'
      readonly record: StoredRecord
      readonly page?: StoredPage | undefined
    }
  | { readonly kind: 'none'; readonly record?: undefined }

/**
 * @param timeout - Milliseconds. A store that takes longer costs more time than it saves (docs/architecture.md, the ladder).
 * @param untilPage - After the timeout the store may still answer until this resolves.
 */
export async function findRecord(
  config: WorkerConfig,
  navigation: Pick<Navigation, 'keys'> & Partial<Pick<Navigation, 'url'>>,
  timeout: number = config.timeouts.store,
  untilPage: () => Promise<unknown> = () => Promise.resolve(),
): Promise<FoundRecord> {
  const { keys, url } = navigation
  try {
    const reading = readRecord(config.buildId, keys, url && addressOf(url.href))
    const found = await withDeadline(reading, timeout).catch((error: unknown) =>
      Promise.race([reading, untilPage().then(() => Promise.reject(error))]),
    )
    if (!found) return { kind: 'none' }
    const { record, page } = found
    if ((await hashOf(record.shell)) === record.shellHash) return { kind: kindOf(found, config), record, page }
    await deleteRecord(record)
  } catch {
    // Counts as missing.
  }
  return { kind: 'none' }
}

function kindOf(
  { record, isInvalidated, isUnseen }: Found,
  config: WorkerConfig,
): Exclude<FoundRecord['kind'], 'none'> {
  if (!isAlive(record, config, Date.now())) return 'expired'
  if (isInvalidated) return 'invalidated'
  return isUnseen ? 'unseen' : 'usable'
}

/** The record to show without a network. Never a gated one: nothing can tell whether its guard would still let this visitor through. */
export function shownOffline(
  found: FoundRecord,
  { mode }: Pick<Navigation, 'mode'>,
  { offline }: WorkerConfig,
): StoredRecord | undefined {
  return mode === 'gated' || (found.kind === 'expired' && !offline.expired) ? undefined : found.record
}

/**
 * While the network answers, a shell past its expiry is not served. Past its revalidation it is served and refreshed. A whole
 * document has no holes that would show new content, so if it cannot be refreshed, it is not served past its revalidation
 * either. An expiry counts from when the server made the record, as it does on the server. A revalidation counts from when this
 * browser received the record: the browser's clock may be wrong, but it is wrong at both ends.
 */
export function isAlive(
  { kind, lifetime, receivedAt, madeAt = receivedAt }: StoredRecord,
  { transport }: Pick<WorkerConfig, 'transport'>,
  now: number,
): boolean {
  const { revalidate, expire } = lifetime
  const limit = kind === 'static' && transport !== 'auto' ? (revalidate ?? expire) : expire
  if (limit === undefined) return true
  const held = (now - receivedAt) / 1000
  return held >= 0 && held < limit && (now - madeAt) / 1000 < (expire ?? Infinity)
}

/** Headers that Next sends with a prerendered page. */
const PRERENDERED = ['x-nextjs-prerender', 'x-nextjs-postponed', 'x-nextjs-cache']

/**
 * Whether the origin may have a record of the network's page, so that asking for it is worth a request. If the table names no page for
 * the address, only the response tells whether the app has one there.
 */
export function mayHaveRecord({ ok, headers }: Response, { keys }: Pick<Navigation, 'keys'>): boolean {
  return ok && (keys.at(-1) !== ELSEWHERE || PRERENDERED.some((name) => headers.has(name)))
}

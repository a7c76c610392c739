// Shells that turned out not to be the beginning of what a path has: Next has a page of another form there (a whole document that somebody
// else's visit made), a redirect, or none any more. Such a path is asked about before anything of it is shown, as a guarded page is, until
// its shell fits again. Known to this worker alone.

import type { Digest } from '../../protocol/digest.ts'
import type { RecordKey } from '../../protocol/record/record.ts'
import type { StoredRecord } from '../../protocol/record/stored.ts'

/** Paths of a route after which none of it is shown unasked: each of them has cost its visitor a reload. */
const ENOUGH = 2

const misfits = new Map<Digest, ReadonlySet<RecordKey>>()

/** @param record - Whose shell was shown for the path. A newer one may fit. */
export function noteMisfit(path: RecordKey, { digest }: Pick<StoredRecord, 'digest'>): void {
  misfits.set(digest, new Set([...(misfits.get(digest) ?? []), path]))
}

export function noteFit(path: RecordKey, { digest }: Pick<StoredRecord, 'digest'>): void {
  const others = [...(misfits.get(digest) ?? [])].filter((misfit) => misfit !== path)
  if (others.length > 0) misfits.set(digest, new Set(others))
  else misfits.delete(digest)
}

/** Whether a record that was found for a path is likely not to be what follows. */
export function isMisfit(path: RecordKey, { key, digest }: Pick<StoredRecord, 'key' | 'digest'>): boolean {
  const paths = misfits.get(digest)
  return paths !== undefined && (paths.has(path) || (key !== path && paths.size >= ENOUGH))
}

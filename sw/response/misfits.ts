// Shells that turned out not to be the beginning of what a path has: Next has a page of another form there (a whole document that somebody
// else's visit made), a redirect, or none any more. Such a path is asked about before anything of it is shown, as a guarded page is, until
// its shell fits again, also by the workers that are started after this one. That a route’s other paths are asked about, too, only this one knows.

import type { Digest } from '../../protocol/digest.ts'
import type { RecordKey } from '../../protocol/record/record.ts'
import type { StoredRecord } from '../../protocol/record/stored.ts'
import { isNotedUnfit, noteUnfit } from '../store/unfit-paths.ts'

/** Paths of a route after which none of it is shown unasked: each of them has cost its visitor a reload. */
const ENOUGH = 2

const misfits = new Map<Digest, ReadonlySet<RecordKey>>()

type Shell = Pick<StoredRecord, 'buildId' | 'key' | 'digest' | 'unfitFor'>

/** Resolves when it is kept, or cannot be. @param record - Whose shell was shown for the path. A newer one may fit. */
export async function noteMisfit(path: RecordKey, record: Shell): Promise<void> {
  const { digest } = record
  misfits.set(digest, new Set([...(misfits.get(digest) ?? []), path]))
  await noteUnfit(record, path, true).catch(() => {})
}

export async function noteFit(path: RecordKey, record: Shell): Promise<void> {
  const { digest } = record
  const others = [...(misfits.get(digest) ?? [])].filter((misfit) => misfit !== path)
  if (others.length > 0) misfits.set(digest, new Set(others))
  else misfits.delete(digest)
  if (isNotedUnfit(path, record)) await noteUnfit(record, path, false).catch(() => {})
}

/** Whether a record that was found for a path is likely not to be what follows. */
export function isMisfit(path: RecordKey, record: Shell): boolean {
  const paths = misfits.get(record.digest)
  if (isNotedUnfit(path, record) || paths?.has(path)) return true
  return record.key !== path && paths !== undefined && paths.size >= ENOUGH
}

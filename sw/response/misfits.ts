// Remembers shells that turned out not to be the beginning of a path's page: Next has a page of another form there (a whole document,
// made for somebody else's visit), a redirect, or no page any more. For such a path the worker asks before it shows anything, as for a
// guarded page, until the shell fits again; workers that start later do so, too. Only this worker also asks about the route's other paths.

import type { Digest } from '../../protocol/digest.ts'
import type { RecordKey } from '../../protocol/record/record.ts'
import type { StoredRecord } from '../../protocol/record/stored.ts'
import { isNotedUnfit, noteUnfit } from '../store/unfit-paths.ts'

/** After this many paths of a route the worker asks about all of them: each has cost its visitor a reload. */
const ENOUGH = 2

const misfits = new Map<Digest, ReadonlySet<RecordKey>>()

type Shell = Pick<StoredRecord, 'buildId' | 'key' | 'digest' | 'unfitFor'>

/** Resolves when the misfit is stored, or cannot be. @param record - Its shell was shown for the path. A newer one may fit. */
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

/** Whether the record that was found for a path probably does not fit the page there. */
export function isMisfit(path: RecordKey, record: Shell): boolean {
  const paths = misfits.get(record.digest)
  if (isNotedUnfit(path, record) || paths?.has(path)) return true
  return record.key !== path && paths !== undefined && paths.size >= ENOUGH
}

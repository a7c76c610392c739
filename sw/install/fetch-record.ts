// Fetches one record of the manifest and verifies it: its frame must decode and have the build, the key and the digest that the manifest
// names, and its shell must have the hash that it claims.

import type { ManifestEntry } from '../../protocol/build/manifest.ts'
import { decodeRecord } from '../../protocol/record/record-codec.ts'
import type { ReceivedRecord } from '../../protocol/record/record.ts'
import { byOwnClock, hashOf } from '../util/record.ts'

/** Rejects with an Error that says what is wrong with the record. */
export async function fetchRecord(entry: ManifestEntry, buildId: string): Promise<ReceivedRecord> {
  const response = await fetch(entry.url, { credentials: 'same-origin', priority: 'low' })
  if (!response.ok) throw new Error(`${entry.url} answered ${response.status}`)
  const decoded = decodeRecord(new Uint8Array(await response.arrayBuffer()))
  if (!decoded.ok) throw new Error(`${entry.url} does not read: ${decoded.reason}`)
  const { record } = decoded
  if (record.buildId !== buildId || record.key !== entry.key || record.digest !== entry.digest) {
    throw new Error(`${entry.url} is another record`)
  }
  if ((await hashOf(record.shell)) !== record.shellHash)
    throw new Error(`the shell of ${entry.url} differs from its hash`)
  return { ...decoded, record: byOwnClock(record, response.headers, Date.now()) }
}

// Decides what an install has to fetch: the manifest's records without those that are stored already (an install that was cut off goes on
// where it stopped). Pure.

import type { Digest } from '../../protocol/digest.ts'
import type { Manifest, ManifestEntry } from '../../protocol/manifest.ts'
import type { RecordKey } from '../../protocol/record.ts'

/** One record to fetch, with the paths of what its shell refers to. */
export type PlannedRecord = { readonly entry: ManifestEntry; readonly assets: readonly string[] }

export function planInstall(manifest: Manifest, stored: ReadonlyMap<RecordKey, Digest>): readonly PlannedRecord[] {
  return manifest.entries
    .filter((entry) => stored.get(entry.key) !== entry.digest)
    .map((entry) => ({ entry, assets: entry.assets.flatMap((at) => manifest.assets[at] ?? []) }))
}

// How much an install may download, so that no visitor notices it. Pure.

import type { Manifest, ManifestEntry } from '../../protocol/build/manifest.ts'
import type { RecordKey } from '../../protocol/record/record.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'

/** An open page: the keys under which its record is looked up, the most specific first. */
export type Page = readonly RecordKey[]

/** Bytes. */
const MOST_BYTES = 512_000
/** The bytes of the worker's own script, and of each entry in the manifest: both are downloaded by then. */
const SCRIPT = 30_000
const ENTRY = 80

/** In bytes: the app's limit, or else at most the weight of the open page. */
export function roomIn(manifest: Manifest, pages: readonly Page[], { budget }: Pick<WorkerConfig, 'budget'>): number {
  const [open = manifest] = pages.flatMap((page) => entryOf(manifest, page) ?? [])
  const own = SCRIPT + ENTRY * manifest.entries.length
  return budget.install ?? Math.min(open.weight, MOST_BYTES) - own
}

/** The entry from which a page would be shown. */
export function entryOf({ entries }: Manifest, page: Page): ManifestEntry | undefined {
  return page.map((key) => entries.find((entry) => entry.key === key)).find(Boolean)
}

/** The browser gives this site no more room: further downloads are in vain. */
export function isOutOfQuota(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError'
}

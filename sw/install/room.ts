// How much an install may download, so that no visitor notices it. Pure.

import type { Manifest, ManifestEntry } from '../../protocol/build/manifest.ts'
import type { RecordKey } from '../../protocol/record/record.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'

/** A page that is open: where its record is looked up, the most specific first. */
export type Page = readonly RecordKey[]

/** Bytes. */
const MOST_BYTES = 512_000
/** Of the worker's own script, and of each record in its manifest, which are downloaded by then. */
const SCRIPT = 30_000
const ENTRY = 80

/** Bytes: what the app says, or what the page that is open has at least. */
export function roomIn(manifest: Manifest, pages: readonly Page[], { budget }: Pick<WorkerConfig, 'budget'>): number {
  const [open = manifest] = pages.flatMap((page) => entryOf(manifest, page) ?? [])
  const own = SCRIPT + ENTRY * manifest.entries.length
  return budget.install ?? Math.min(open.weight, MOST_BYTES) - own
}

/** What a page would be shown from. */
export function entryOf({ entries }: Manifest, page: Page): ManifestEntry | undefined {
  return page.map((key) => entries.find((entry) => entry.key === key)).find(Boolean)
}

/** The browser gives this site no more room: what else is downloaded is downloaded in vain. */
export function isOutOfQuota(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError'
}

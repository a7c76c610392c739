// Decides what an install has to fetch: the manifest's records without those that are stored already (an install that was cut off goes on
// where it stopped), and without those that the budget would not keep. Pure.

import type { Manifest, ManifestEntry } from '../../protocol/manifest.ts'
import { isDynamic } from '../../protocol/route-match.ts'
import { byWorth, type Keeping, tooMany, type Weighed } from '../store/budget.ts'
import type { StoredUse } from '../store/records.ts'

/** One record to fetch, with the paths of what its shell refers to. */
export type PlannedRecord = {
  readonly entry: ManifestEntry
  readonly assets: readonly string[]
  /** Of an earlier build: it is what this browser wants. */
  readonly isVisited: boolean
}

/** @param stored - Of whichever build. */
export function planInstall(
  manifest: Manifest,
  stored: readonly StoredUse[],
  config: Keeping,
): readonly PlannedRecord[] {
  const own = stored.filter(({ buildId }) => buildId === config.buildId)
  const has = new Map(own.map(({ key, digest }) => [key, digest]))
  const visits = new Map(stored.filter(({ isVisited }) => isVisited).map(({ key, usedAt }) => [key, usedAt]))
  const missing = manifest.entries
    .filter((entry) => has.get(entry.key) !== entry.digest)
    .map((entry) => toWeighed(entry, visits.get(entry.key)))
  const keys = new Set(missing.map(({ key }) => key))
  const gone = new Set<Weighed>(tooMany([...own.filter(({ key }) => !keys.has(key)), ...missing], config))
  const kept = byWorth(
    missing.filter((weighed) => !gone.has(weighed)),
    config.offline,
  )
  return kept.map(({ entry, isVisited }) => ({
    entry,
    assets: entry.assets.flatMap((at) => manifest.assets[at] ?? []),
    isVisited,
  }))
}

/** As it will be when it is stored. @param visitedAt - Undefined where nobody was there. */
function toWeighed(entry: ManifestEntry, visitedAt: number | undefined): Weighed & { readonly entry: ManifestEntry } {
  const { key, bytes, hasParams } = entry
  const isVisited = visitedAt !== undefined
  return { entry, key, bytes, hasParams, isVisited, isOfRoute: isDynamic(key), usedAt: visitedAt ?? 0 }
}

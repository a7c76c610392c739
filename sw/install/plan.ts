// Decides what an install has to fetch: the manifest's records without those that are stored already (an interrupted install continues),
// without those that the budget would not keep, and without those for which a first visit has no room. Pure.

import type { Manifest, ManifestEntry } from '../../protocol/build/manifest.ts'
import { isDynamic } from '../../protocol/build/route-match.ts'
import { byWorth, isOfflinePage, type Keeping, tooMany, type Weighed } from '../store/budget.ts'
import type { StoredUse } from '../store/records.ts'
import { entryOf, type Page, roomIn } from './room.ts'

/** One record to fetch, with the paths of its shell's assets. */
export type PlannedRecord = {
  readonly entry: ManifestEntry
  readonly assets: readonly string[]
  /** The page is open, or an earlier build's was visited. */
  readonly isVisited: boolean
  /** The page is open, or it is the offline page: then its size does not matter. */
  readonly isNeeded: boolean
}

/** @param stored - Of all builds. @param pages - Those that are open. */
export function planInstall(
  manifest: Manifest,
  stored: readonly StoredUse[],
  config: Keeping,
  pages: readonly Page[] = [],
): readonly PlannedRecord[] {
  const own = stored.filter(({ buildId }) => buildId === config.buildId)
  const has = new Map(own.map(({ key, digest }) => [key, digest]))
  const visits = new Map(stored.filter(({ isVisited }) => isVisited).map(({ key, usedAt }) => [key, usedAt]))
  for (const page of pages) visits.set(entryOf(manifest, page)?.key ?? '', Infinity)
  const missing = manifest.entries
    .filter((entry) => has.get(entry.key) !== entry.digest)
    .map((entry) => toWeighed(entry, visits.get(entry.key)))
  const keys = new Set(missing.map(({ key }) => key))
  const gone = new Set<Weighed>(tooMany([...own.filter(({ key }) => !keys.has(key)), ...missing], config))
  const kept = byWorth(
    missing.filter((weighed) => !gone.has(weighed)),
    config.offline,
  )
  let room = roomIn(manifest, pages, config)
  return kept.flatMap((weighed) => {
    const { entry, isVisited } = weighed
    const isNeeded = weighed.usedAt === Infinity || isOfflinePage(weighed, config.offline)
    if (!isNeeded && entry.cost > room) return []
    room -= entry.cost
    return { entry, assets: assetsFor(entry, manifest), isVisited, isNeeded }
  })
}

/** The assets that the shell of an entry refers to. */
export function assetsFor(entry: ManifestEntry, { assets }: Manifest): readonly string[] {
  return entry.assets.flatMap((at) => assets[at] ?? [])
}

/** The weights that the entry will have when it is stored. @param visitedAt - Undefined if it was never visited. */
function toWeighed(entry: ManifestEntry, visitedAt: number | undefined): Weighed & { readonly entry: ManifestEntry } {
  const { key, bytes, hasParams } = entry
  const isVisited = visitedAt !== undefined
  return { entry, key, bytes, hasParams, isVisited, isOfRoute: isDynamic(key), usedAt: visitedAt ?? 0 }
}

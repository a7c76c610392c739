// Fills the store for one build: manifest → records with their assets → database. Records for which a first visit has no room are left
// until they are visited or linked to.
//
//   must not fail the worker: a missing file costs only the records that need it;
//   must store a record only after its assets, so that a stored record can always be shown;
//   must download no more than a visitor of one page should pay for (room.ts).

import { type Manifest, parseManifest } from '../../protocol/build/manifest.ts'
import type { RecordKey } from '../../protocol/record/record.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { keepWithin } from '../store/budget.ts'
import { purgedAt } from '../store/marks.ts'
import { noteInstalled, putRecord, readLeft, readUses, takeLeft } from '../store/records.ts'
import { isSaving } from '../util/connection.ts'
import { addWithin, type AssetCache, openAssetCache } from './assets.ts'
import { fetchRecord } from './fetch-record.ts'
import { addImages } from './images.ts'
import { assetsFor, type PlannedRecord, planInstall } from './plan.ts'
import { entryOf, isOutOfQuota, type Page, roomIn } from './room.ts'

/** Few, so that the page's own requests have room (browsers open six connections to an HTTP/1.1 host). */
const PARALLEL_RECORDS = 3

export type InstallReport = {
  readonly stored: number
  /** One sentence for each record that was left out. */
  readonly problems: readonly string[]
}

/** Bytes that this worker has downloaded in the background since it started. */
let spent = 0

/** Rejects only if it cannot install at all: no manifest, or no database. @param pages - Those that are open. */
export async function installRecords(config: WorkerConfig, pages: readonly Page[] = []): Promise<InstallReport> {
  const manifest = await fetchManifest(config)
  const place = await placeOf(manifest)
  const [uses] = await Promise.all([readUses(), place.assets.dropForeign()])
  const queue = [...planInstall(manifest, uses, config, pages)]
  const problems: string[] = []
  let done = 0
  const drain = async (): Promise<void> => {
    for (let planned = queue.shift(); planned; planned = queue.shift()) {
      if (!planned.isNeeded && isSaving()) continue
      const problem = await storePlanned(planned, place)
      if (problem === undefined) done++
      else problems.push(problem.message)
      // Stored records stay, and nothing more is downloaded in vain.
      if (problem?.isLast) queue.length = 0
    }
  }
  await Promise.all(Array.from({ length: PARALLEL_RECORDS }, drain))
  await keepWithin(config)
  const stored = new Set((await readUses()).map(({ buildId, key }) => buildId === config.buildId && key))
  const { entries } = manifest
  left = Promise.resolve(new Set(entries.map(({ key }) => key).filter((key) => !stored.has(key))))
  await noteInstalled(
    config.buildId,
    entries.map(({ key, digest }) => [key, digest, !stored.has(key)] as const),
  )
  return { stored: done, problems }
}

/**
 * Pictures, and files that pages of this build may load late, as far as there is room. Not a part of the install, because background work
 * must not delay it.
 */
export async function installLazyAssets(config: WorkerConfig, pages: readonly Page[] = []): Promise<void> {
  if (isSaving()) return
  const manifest = await fetchManifest(config)
  const cache = await openAssetCache(manifest)
  const room = roomIn(manifest, pages, config)
  spent += await addWithin(manifest.lazy, cache, room - spent)
  spent += await addImages(manifest.images, cache, Math.min(config.budget.images, room - spent))
}

/** Read once in a worker's life: nearly every page asks for a record that is stored already. */
let left: Promise<Set<RecordKey>> | undefined
let before = Promise.resolve()

/**
 * Stores a record that the install has left: of the visited page, or of a page whose link has come into view (the latter only if there is
 * room). One after the other; never rejects.
 */
export function installLater(page: Page, config: WorkerConfig, isVisited: boolean): Promise<void> {
  return (before = before.then(() => takeUp(page, config, isVisited)).catch(() => {}))
}

async function takeUp(page: Page, config: WorkerConfig, isVisited: boolean): Promise<void> {
  const { buildId } = config
  const waiting = await (left ??= readLeft(buildId))
  if (!page.some((key) => waiting.has(key)) || (!isVisited && isSaving())) return
  const manifest = await fetchManifest(config)
  const entry = entryOf(manifest, page)
  if (!entry || (!isVisited && spent + entry.cost > roomIn(manifest, [], config))) return
  if (!waiting.delete(entry.key) || !(await takeLeft(buildId, entry.key))) return
  const planned = { entry, assets: assetsFor(entry, manifest), isVisited, isNeeded: true }
  // Stored as a spare: a record that the visit has fetched from the origin is newer.
  await storePlanned(planned, await placeOf(manifest), true)
  await keepWithin(config)
}

async function fetchManifest(config: WorkerConfig): Promise<Manifest> {
  const response = await fetch(config.manifestUrl, { credentials: 'same-origin', priority: 'low' })
  if (!response.ok) throw new Error(`the manifest ${config.manifestUrl} answered ${response.status}`)
  const parsed = parseManifest(await response.json())
  if (!parsed.ok) throw new Error(`the manifest ${config.manifestUrl} ${parsed.reason}`)
  if (parsed.manifest.buildId !== config.buildId)
    throw new Error(`the manifest ${config.manifestUrl} is another build's`)
  return parsed.manifest
}

type Place = {
  readonly buildId: string
  readonly assets: AssetCache
  /** The build's own time: marks that were set since then invalidate its records. */
  readonly asOf: number
}

async function placeOf(manifest: Manifest): Promise<Place> {
  const [assets, asOf] = await Promise.all([openAssetCache(manifest), purgedAt()])
  return { buildId: manifest.buildId, assets, asOf }
}

type Problem = {
  readonly message: string
  /** No other record can be stored either. */
  readonly isLast: boolean
}

async function storePlanned(
  { entry, assets, isVisited }: PlannedRecord,
  { buildId, assets: cache, asOf }: Place,
  isSpare = false,
): Promise<Problem | undefined> {
  spent += entry.cost
  try {
    const [{ record, packed }] = await Promise.all([
      fetchRecord(entry, buildId),
      ...assets.map((url) => cache.add(url)),
    ])
    await putRecord({ ...record, receivedAt: Date.now(), asOf }, { packed, isVisited, isSpare })
    return undefined
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { message: `${entry.key}: ${message}`, isLast: isOutOfQuota(error) }
  }
}

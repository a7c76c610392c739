// Fills the store for one build: manifest → records with their assets → database.
//
//   must not fail the worker: a missing file costs the records that need it and nothing else;
//   must store a record only after its assets, so that a stored record can always be shown.

import { type Manifest, parseManifest } from '../../protocol/manifest.ts'
import type { WorkerConfig } from '../../protocol/worker-config.ts'
import { keepWithin } from '../store/budget.ts'
import { purgedAt } from '../store/marks.ts'
import { noteInstalled, putRecord, readUses } from '../store/records.ts'
import { type AssetCache, openAssetCache } from './assets.ts'
import { fetchRecord } from './fetch-record.ts'
import { addImages } from './images.ts'
import { type PlannedRecord, planInstall } from './plan.ts'

/** Few enough to leave the page's own requests room (browsers open six connections to an HTTP/1.1 host). */
const PARALLEL_RECORDS = 4

export type InstallReport = {
  readonly stored: number
  /** One sentence for each record that was left out. */
  readonly problems: readonly string[]
}

/** Rejects only where there is nothing to install from: no manifest, or no database. */
export async function installRecords(config: WorkerConfig): Promise<InstallReport> {
  const manifest = await fetchManifest(config)
  const assets = await openAssetCache(manifest)
  const [uses, asOf] = await Promise.all([readUses(), purgedAt(), assets.dropForeign()])
  const queue = [...planInstall(manifest, uses, config)]
  const problems: string[] = []
  let done = 0
  const drain = async (): Promise<void> => {
    for (let planned = queue.shift(); planned; planned = queue.shift()) {
      const problem = await storePlanned(planned, { buildId: config.buildId, assets, asOf })
      if (problem === undefined) done++
      else problems.push(problem)
    }
  }
  await Promise.all(Array.from({ length: PARALLEL_RECORDS }, drain))
  await keepWithin(config)
  await noteInstalled(
    config.buildId,
    manifest.entries.map(({ key, digest }) => [key, digest] as const),
  )
  return { stored: done, problems }
}

/**
 * Pictures, and what pages of this build may load late. Not a part of the install, which nothing that nobody waits for should
 * hold up.
 */
export async function installLazyAssets(config: WorkerConfig): Promise<void> {
  const manifest = await fetchManifest(config)
  const { lazy, images } = manifest
  const assets = await openAssetCache(manifest)
  for (const url of lazy) await assets.add(url).catch(() => {})
  await addImages(images, assets, config.budget.images)
}

async function fetchManifest(config: WorkerConfig): Promise<Manifest> {
  const response = await fetch(config.manifestUrl, { credentials: 'same-origin' })
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
  /** The build's own time: what was marked since puts its records in doubt. */
  readonly asOf: number
}

async function storePlanned(planned: PlannedRecord, { buildId, assets, asOf }: Place): Promise<string | undefined> {
  try {
    const [{ record, segments }] = await Promise.all([
      fetchRecord(planned.entry, buildId),
      ...planned.assets.map((url) => assets.add(url)),
    ])
    const { isVisited } = planned
    await putRecord({ ...record, receivedAt: Date.now(), asOf }, { segments, isVisited })
    return undefined
  } catch (error) {
    return `${planned.entry.key}: ${error instanceof Error ? error.message : String(error)}`
  }
}

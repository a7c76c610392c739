// Keeps the database within the build's budget.

import type { StoredRecord, Use } from '../../protocol/record/stored.ts'
import type { Offline, WorkerConfig } from '../../protocol/build/worker-config.ts'
import { keepPages } from './pages.ts'
import { remove } from './records.ts'
import { allOf, writing } from './transaction.ts'
import { USE_MS } from '../util/timeouts.ts'

const noted = new Map<string, number>()

/** Never rejects: a use that is not noted only makes the record seem older. */
export async function noteUse({ buildId, key }: StoredRecord, now: number): Promise<void> {
  if (now - (noted.get(key) ?? 0) < USE_MS) return
  noted.set(key, now)
  await writing(async ({ uses }) => {
    const use = await uses.get([buildId, key])
    if (use) await uses.put({ ...use, usedAt: now, isVisited: true }, [buildId, key])
  }).catch(() => {})
}

export type Keeping = Pick<WorkerConfig, 'budget' | 'buildId' | 'offline'>

/** Deletes what was learned of pages before it deletes any record for it. */
export function keepWithin(config: Keeping): Promise<void> {
  const { buildId } = config
  return writing(async (tables) => {
    const uses = await tables.uses.getAll(allOf(buildId))
    const gone = tooMany(uses, config)
    const left = byWorth(uses, config.offline).filter((use) => !gone.includes(use))
    let room = left.reduce((most, { bytes }) => most - bytes, config.budget.bytes)
    await Promise.all([
      ...gone.map(({ key }) => remove(tables, { buildId, key })),
      ...left.map((use) => {
        const kept = use.pages.filter(({ bytes, until = Infinity }) => until > Date.now() && (room -= bytes) >= 0)
        return kept.length < use.pages.length ? keepPages(tables, buildId, use, kept) : undefined
      }),
    ])
  })
}

export type Weighed = Pick<Use, 'key' | 'bytes' | 'usedAt' | 'isOfRoute' | 'hasParams' | 'isVisited'>

/** Which of these must be deleted. Never the offline page, whatever it weighs: it is shown for every page that is not stored. */
export function tooMany<T extends Weighed>(
  uses: readonly T[],
  { budget, offline }: Omit<Keeping, 'buildId'>,
): readonly T[] {
  let [records, bytes] = [0, 0]
  return byWorth(uses, offline).filter((use) => {
    const fits = records < budget.records && bytes + use.bytes <= budget.bytes
    const isKept = fits || isOfflinePage(use, offline)
    if (isKept) [records, bytes] = [records + 1, bytes + use.bytes]
    return !isKept
  })
}

/** The most valuable first. */
export function byWorth<T extends Weighed>(uses: readonly T[], offline: Offline): readonly T[] {
  return uses.toSorted((a, b) => worthOf(a, offline) - worthOf(b, offline) || b.usedAt - a.usedAt)
}

export function isOfflinePage({ key }: Pick<Weighed, 'key'>, { page }: Offline): boolean {
  return 'key' in page && key === page.key
}

/**
 * In this order: the offline page; visited records (a route's shell before the pages that it opens); pages of routes without parameters;
 * shells of routes, which open many paths; single pages of routes with parameters.
 */
function worthOf(weighed: Weighed, offline: Offline): number {
  const { isVisited, hasParams, isOfRoute } = weighed
  if (isOfflinePage(weighed, offline)) return 0
  if (isVisited) return isOfRoute ? 1 : 2
  if (!hasParams) return 3
  return isOfRoute ? 4 : 5
}

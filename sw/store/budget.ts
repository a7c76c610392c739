// Keeps what lies in the database within the build's budget: the records that were not used for longest go first, the shells of dynamic
// routes, which open every path, after all others.

import type { StoredRecord, Use } from '../../protocol/stored.ts'
import type { Budget } from '../../protocol/worker-config.ts'
import { settled } from './requests.ts'
import { allOf, inTransaction } from './transaction.ts'

/** Milliseconds: a use is noted once in this time. */
const NOTED_FOR = 60_000

const noted = new Map<string, number>()

/** Never rejects: what is not noted seems older than it is. */
export async function noteUse({ buildId, key }: StoredRecord, now: number): Promise<void> {
  if (now - (noted.get(key) ?? 0) < NOTED_FOR) return
  noted.set(key, now)
  await inTransaction('readwrite', async ({ uses }) => {
    const use: Use | undefined = await settled(uses.get([buildId, key]))
    if (use) uses.put({ ...use, usedAt: now }, [buildId, key])
  }).catch(() => {})
}

export function keepWithin(budget: Budget, buildId: string): Promise<void> {
  return inTransaction('readwrite', async ({ records, segments, uses }) => {
    const all: Use[] = await settled(uses.getAll(allOf(buildId)))
    for (const { key } of tooMany(all, budget)) {
      records.delete([buildId, key])
      segments.delete([buildId, key])
      uses.delete([buildId, key])
    }
  })
}

type Weighed = Pick<Use, 'bytes' | 'usedAt' | 'isOfRoute'>

/** Which of these have to go. */
export function tooMany<T extends Weighed>(uses: readonly T[], budget: Budget): readonly T[] {
  const byWorth = uses.toSorted((a, b) => Number(b.isOfRoute) - Number(a.isOfRoute) || b.usedAt - a.usedAt)
  let [records, bytes] = [0, 0]
  return byWorth.filter((use) => {
    const fits = records < budget.records && bytes + use.bytes <= budget.bytes
    if (fits) [records, bytes] = [records + 1, bytes + use.bytes]
    return !fits
  })
}

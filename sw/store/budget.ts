// Keeps what lies in the database within the build's budget: the records that were not used for longest go first, the shells of dynamic
// routes, which open every path, after all others.

import type { StoredRecord, Use } from '../../protocol/stored.ts'
import type { Budget } from '../../protocol/worker-config.ts'
import { remove } from './records.ts'
import { allOf, writing } from './transaction.ts'

/** Milliseconds: a use is noted once in this time. */
const NOTED_FOR = 60_000

const noted = new Map<string, number>()

/** Never rejects: what is not noted seems older than it is. */
export async function noteUse({ buildId, key }: StoredRecord, now: number): Promise<void> {
  if (now - (noted.get(key) ?? 0) < NOTED_FOR) return
  noted.set(key, now)
  await writing(async ({ uses }) => {
    const use = await uses.get([buildId, key])
    if (use) await uses.put({ ...use, usedAt: now }, [buildId, key])
  }).catch(() => {})
}

export function keepWithin(budget: Budget, buildId: string): Promise<void> {
  return writing(async (tables) => {
    const uses = await tables.uses.getAll(allOf(buildId))
    await Promise.all(tooMany(uses, budget).map(({ key }) => remove(tables, { buildId, key })))
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

// What unit tests ask of the store that the worker does not.

import type { Digest } from '../../protocol/digest.ts'
import type { RecordKey } from '../../protocol/record/record.ts'
import { allOf, reading } from './transaction.ts'

/** Which records of a build are stored. */
export function storedDigests(buildId: string): Promise<ReadonlyMap<RecordKey, Digest>> {
  return reading(async ({ records }) => {
    const found = await records.getAll(allOf(buildId))
    return new Map(found.map(({ key, digest }) => [key, digest]))
  })
}

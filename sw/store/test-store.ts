// Queries of the store that only unit tests need.

import type { Digest } from '../../protocol/digest.ts'
import type { RecordKey } from '../../protocol/record/record.ts'
import type { Address, StoredPage } from '../../protocol/record/stored.ts'
import { allOf, reading } from './transaction.ts'

/** Which records of a build are stored. */
export function storedDigests(buildId: string): Promise<ReadonlyMap<RecordKey, Digest>> {
  return reading(async ({ records }) => {
    const found = await records.getAll(allOf(buildId))
    return new Map(found.map(({ key, digest }) => [key, digest]))
  })
}

type Stored = { readonly key: RecordKey; readonly address: Address; readonly page: StoredPage }

/** All that was learned of pages, of all builds. */
export function storedPages(): Promise<readonly Stored[]> {
  return reading(async ({ pages }) => {
    const [keys, rows] = await Promise.all([pages.getAllKeys(), pages.getAll()])
    return keys.flatMap(([, key, address], at) => rows.slice(at, at + 1).map((page) => ({ key, address, page })))
  })
}

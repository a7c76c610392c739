// Reads and writes whole records; the only file that touches the database's table. Called by install, navigation and
// lifecycle. Whatever the database throws reaches the caller, who stands on the ladder and takes the next rung.

import type { Digest } from '../../protocol/digest.ts'
import type { RecordKey } from '../../protocol/record.ts'
import { openDatabase } from './open.ts'
import { RECORDS, type StoredRecord } from './schema.ts'

/** The first of `keys` that this build has a record for, in one transaction. */
export async function readRecord(buildId: string, keys: readonly RecordKey[]): Promise<StoredRecord | undefined> {
  const table = (await openDatabase()).transaction(RECORDS).store
  const found = await Promise.all(keys.map((key) => table.get([buildId, key])))
  return found.find((record) => record !== undefined)
}

/** Puts a record in the place of the one with its key, whole or not at all. */
export async function putRecord(record: StoredRecord): Promise<void> {
  await (await openDatabase()).put(RECORDS, record, [record.buildId, record.key])
}

/** Deletes a record if it still is the one with this digest: a newer one in its place stays. */
export async function deleteRecord(buildId: string, key: RecordKey, digest: Digest): Promise<void> {
  const { store, done } = (await openDatabase()).transaction(RECORDS, 'readwrite')
  const record = await store.get([buildId, key])
  if (record?.digest === digest) await store.delete([buildId, key])
  await done
}

/** Which records of a build are stored already. */
export async function storedDigests(buildId: string): Promise<ReadonlyMap<RecordKey, Digest>> {
  const records = await (await openDatabase()).getAll(RECORDS, allOf(buildId))
  return new Map(records.map((record) => [record.key, record.digest]))
}

export async function countRecords(buildId: string): Promise<number> {
  return (await openDatabase()).count(RECORDS, allOf(buildId))
}

/** Leaves the records of one build and of no other, in one transaction. */
export async function deleteOtherBuilds(buildId: string): Promise<void> {
  const { store, done } = (await openDatabase()).transaction(RECORDS, 'readwrite')
  await Promise.all([
    store.delete(IDBKeyRange.upperBound([buildId], true)),
    store.delete(IDBKeyRange.lowerBound([buildId, []], true)),
    done,
  ])
}

/** Every key `[buildId, string]`: in IndexedDB's order an array is greater than any string. */
function allOf(buildId: string): IDBKeyRange {
  return IDBKeyRange.bound([buildId], [buildId, []])
}

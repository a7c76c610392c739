// Reads and writes whole records; the only file that touches the database's table. Called by install, navigation and
// lifecycle. Whatever the database throws reaches the caller, who stands on the ladder and takes the next rung.

import type { Digest } from '../../protocol/digest.ts'
import type { RecordKey } from '../../protocol/record.ts'
import { forgetDatabase, openDatabase } from './open.ts'
import { committed, settled } from './requests.ts'
import { RECORDS, type StoredRecord } from './schema.ts'

/** The first of `keys` that this build has a record for, in one transaction. */
export function readRecord(buildId: string, keys: readonly RecordKey[]): Promise<StoredRecord | undefined> {
  return inTable('readonly', async (table) => {
    const found = await Promise.all(
      keys.map((key): Promise<StoredRecord | undefined> => settled(table.get([buildId, key]))),
    )
    return found.find((record) => record !== undefined)
  })
}

/** Puts a record in the place of the one with its key, whole or not at all. */
export function putRecord(record: StoredRecord): Promise<void> {
  return inTable('readwrite', (table) => void table.put(record, [record.buildId, record.key]))
}

/** Deletes a record if it still is the one with this digest: a newer one in its place stays. */
export function deleteRecord({
  buildId,
  key,
  digest,
}: Pick<StoredRecord, 'buildId' | 'key' | 'digest'>): Promise<void> {
  return inTable('readwrite', async (table) => {
    const record: StoredRecord | undefined = await settled(table.get([buildId, key]))
    if (record?.digest === digest) table.delete([buildId, key])
  })
}

/** Which records of a build are stored already. */
export function storedDigests(buildId: string): Promise<ReadonlyMap<RecordKey, Digest>> {
  return inTable('readonly', async (table) => {
    const records: StoredRecord[] = await settled(table.getAll(allOf(buildId)))
    return new Map(records.map((record) => [record.key, record.digest]))
  })
}

export function countRecords(buildId: string): Promise<number> {
  return inTable('readonly', (table) => settled(table.count(allOf(buildId))))
}

/** Leaves the records of one build and of no other, in one transaction. */
export function deleteOtherBuilds(buildId: string): Promise<void> {
  return inTable('readwrite', (table) => {
    table.delete(IDBKeyRange.upperBound([buildId], true))
    table.delete(IDBKeyRange.lowerBound([buildId, []], true))
  })
}

export function deleteAllRecords(): Promise<void> {
  return inTable('readwrite', (table) => void table.clear())
}

/**
 * All of `work` in one transaction, and back when it is written. A connection that fails is not used again: Safari's never
 * recover once the database server was lost (reference/reliability.md F3).
 */
async function inTable<T>(mode: IDBTransactionMode, work: (table: IDBObjectStore) => T | Promise<T>): Promise<T> {
  const database = await openDatabase()
  try {
    const transaction = database.transaction(RECORDS, mode)
    const [result] = await Promise.all([work(transaction.objectStore(RECORDS)), committed(transaction)])
    return result
  } catch (error) {
    database.close()
    forgetDatabase()
    throw error
  }
}

/** Every key `[buildId, string]`: in IndexedDB's order an array is greater than any string. */
function allOf(buildId: string): IDBKeyRange {
  return IDBKeyRange.bound([buildId], [buildId, []])
}

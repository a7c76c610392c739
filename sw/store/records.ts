// Reads and writes whole records. Called by install, navigation, refresh and messages. Whatever the database throws reaches the
// caller, who stands on the ladder and takes the next rung.

import type { Digest } from '../../protocol/digest.ts'
import type { RecordKey } from '../../protocol/record.ts'
import { isDynamic } from '../../protocol/route-match.ts'
import { isInDoubt, readMarks, withPurge, writeMarks } from './marks.ts'
import { settled } from './requests.ts'
import type { StoredRecord, Use } from './schema.ts'
import { allOf, inTransaction, type Tables } from './transaction.ts'

/** A record, and whether what it was made from is known to have changed since. */
export type Found = { readonly record: StoredRecord; readonly isInDoubt: boolean }

/** The first of `keys` that this build has a record for, in one transaction. */
export function readRecord(buildId: string, keys: readonly RecordKey[]): Promise<Found | undefined> {
  return inTransaction('readonly', async (tables) => {
    const [marks, ...records] = await Promise.all([
      readMarks(tables),
      ...keys.map((key): Promise<StoredRecord | undefined> => settled(tables.records.get([buildId, key]))),
    ])
    const record = records.find((found) => found !== undefined)
    return record && { record, isInDoubt: isInDoubt(record, marks) }
  })
}

/**
 * Puts a record in the place of the one with its key, whole or not at all; not where everything was thrown away since it was
 * asked for. @param instead - What it was asked for in place of: goes with it where that is another path's.
 */
export function putRecord(record: StoredRecord, instead?: StoredRecord): Promise<void> {
  return inTransaction('readwrite', async (tables) => {
    if ((await readMarks(tables)).purged > record.asOf) return
    if (instead && instead.key !== record.key && !isDynamic(instead.key)) remove(tables, instead)
    tables.records.put(record, [record.buildId, record.key])
    tables.uses.put(toUse(record), [record.buildId, record.key])
  })
}

function toUse({ key, shell, receivedAt, ...rest }: StoredRecord): Use {
  const bytes = shell.length + (rest.kind === 'resuming' ? rest.state.length : 0)
  return { key, bytes, usedAt: receivedAt, isOfRoute: isDynamic(key) }
}

type Named = Pick<StoredRecord, 'buildId' | 'key' | 'digest'>

/** Deletes a record if it still is the one with this digest: a newer one in its place stays. */
export function deleteRecord({ buildId, key, digest }: Named): Promise<void> {
  return inTransaction('readwrite', async (tables) => {
    const record: StoredRecord | undefined = await settled(tables.records.get([buildId, key]))
    if (record?.digest === digest) remove(tables, record)
  })
}

function remove({ records, uses }: Tables, { buildId, key }: StoredRecord): void {
  records.delete([buildId, key])
  uses.delete([buildId, key])
}

/** Which records of a build are stored already. */
export function storedDigests(buildId: string): Promise<ReadonlyMap<RecordKey, Digest>> {
  return inTransaction('readonly', async ({ records }) => {
    const found: StoredRecord[] = await settled(records.getAll(allOf(buildId)))
    return new Map(found.map(({ key, digest }) => [key, digest]))
  })
}

export function countRecords(buildId: string): Promise<number> {
  return inTransaction('readonly', ({ records }) => settled(records.count(allOf(buildId))))
}

/** The build's manifest is in the store, as far as it could be had. */
export function noteInstalled(buildId: string): Promise<void> {
  return inTransaction('readwrite', ({ marks }) => void marks.put(true, [buildId]))
}

/** False where the browser or a purge has emptied the store since: a record that was asked for alone is no install. */
export function isInstalled(buildId: string): Promise<boolean> {
  return inTransaction('readonly', async ({ marks }) => (await settled(marks.count([buildId]))) > 0)
}

/** Leaves the records of one build and of no other, in one transaction. */
export function deleteOtherBuilds(buildId: string): Promise<void> {
  return inTransaction('readwrite', ({ records, uses, marks }) => {
    marks.delete(IDBKeyRange.bound([], [buildId], false, true))
    marks.delete(IDBKeyRange.lowerBound([buildId, '']))
    for (const table of [records, uses]) {
      table.delete(IDBKeyRange.upperBound([buildId], true))
      table.delete(IDBKeyRange.lowerBound([buildId, []], true))
    }
  })
}

/** And nothing that was asked for before is stored any more. */
export function deleteAllRecords(): Promise<void> {
  return inTransaction('readwrite', async (tables) => {
    const marks = await readMarks(tables)
    tables.records.clear()
    tables.uses.clear()
    tables.marks.clear()
    writeMarks(tables, withPurge(marks))
  })
}

// Reads and writes whole records. Errors of the database reach the caller, which then takes the next rung of the ladder.

import { type PackedSegments, unpackSegments } from '../../protocol/record/packed-segments.ts'
import type { RecordKey, Segments } from '../../protocol/record/record.ts'
import { isDynamic } from '../../protocol/build/route-match.ts'
import {
  type Address,
  isUnseen,
  type Marks,
  OUTDATED,
  type StoredPage,
  type StoredRecord,
  type Use,
} from '../../protocol/record/stored.ts'
import { isInvalidated, readMarks, withPurge, writeMarks } from './marks.ts'
import { type Installed, isMarks } from './schema.ts'
import { allOf, reading, type Tables, writing } from './transaction.ts'

/** A record, and whether its sources are known to have changed since it was made. */
export type Found = {
  readonly record: StoredRecord
  /** What was learned of the record's page at the requested address. */
  readonly page: StoredPage | undefined
  readonly isInvalidated: boolean
  readonly isUnseen: boolean
}

/** The first of `keys` that this build has a record for, and what is known of its page, in one transaction. */
export function readRecord(
  buildId: string,
  keys: readonly RecordKey[],
  address: Address = 0,
): Promise<Found | undefined> {
  return reading((tables) => readFrom(tables, buildId, keys, address))
}

async function readFrom(
  tables: Tables<'readonly'>,
  buildId: string,
  keys: readonly RecordKey[],
  address: Address,
): Promise<Found | undefined> {
  const [marks, ...rows] = await Promise.all([
    readMarks(tables),
    ...keys.map((key) => Promise.all([tables.records.get([buildId, key]), tables.pages.get([buildId, key, address])])),
  ])
  const [record, page] = rows.find(([found]) => found) ?? []
  return (
    record && {
      record,
      page: page?.digest === record.digest ? page : undefined,
      isInvalidated: isInvalidated(record, marks),
      isUnseen: isUnseen(record, marks),
    }
  )
}

/** A record with its segments. */
export type FoundWhole = Pick<Found, 'record' | 'isInvalidated'> & { readonly segments: Segments }

/** The first of `keys` that this build has a record for, with its segments, in one transaction. */
export function readWhole(buildId: string, keys: readonly RecordKey[]): Promise<FoundWhole | undefined> {
  return reading(async (tables) => {
    const [marks, ...rows] = await Promise.all([
      readMarks(tables),
      ...keys.map((key) => Promise.all([tables.records.get([buildId, key]), tables.segments.get([buildId, key])])),
    ])
    const [record, row] = rows.find(([found]) => found) ?? []
    const segments = record && row && unpackSegments(record.shell, row)
    return segments && { record, segments, isInvalidated: isInvalidated(record, marks) }
  })
}

const NONE: PackedSegments = { lengths: [], steps: [], bytes: new Uint8Array(0) }

/** What is stored with a record, and which record it was requested to replace (`instead`): that one is deleted if it has another path. */
export type Beside = {
  readonly packed?: PackedSegments
  readonly instead?: StoredRecord | undefined
  /** A visitor sees the page. Otherwise the record keeps what its predecessor had. */
  readonly isVisited?: boolean
  /** Next serves it only once more. It is stored until a newer one is available, and not shown while the network answers. */
  readonly isStale?: boolean
  /** A record that is already stored is newer, and stays. */
  readonly isSpare?: boolean
}

/**
 * Replaces the record with the same key, as a whole or not at all. Does nothing if the store was purged after the record was
 * requested.
 */
export function putRecord(given: StoredRecord, beside: Beside = {}): Promise<void> {
  const { packed = NONE, instead, isVisited = false, isSpare = false, isStale } = beside
  const { buildId, key, digest, kind } = given
  const record = isStale ? { ...given, asOf: OUTDATED } : given
  return writing(async (tables) => {
    const [marks, use] = await Promise.all([readMarks(tables), tables.uses.get([buildId, key])])
    if (marks.purged > given.asOf || (isSpare && use)) return
    const wasVisited = use?.isVisited === true
    const pages = use?.digest === digest ? use.pages : []
    await Promise.all([
      instead && instead.key !== key && !isDynamic(instead.key) ? remove(tables, instead) : undefined,
      tables.records.put(record, [buildId, key]),
      tables.segments.put({ key, digest, kind, ...packed }, [buildId, key]),
      tables.uses.put({ ...toUse(record, packed, isVisited || wasVisited), pages }, [buildId, key]),
      pages.length > 0 ? undefined : tables.pages.delete(allOf(buildId, key)),
    ])
  })
}

/** Notes that the origin still has this record, and as of when. */
export function renewRecord(record: StoredRecord): Promise<void> {
  return writing(async ({ records, uses }) => {
    const { buildId, key, digest, asOf } = record
    const [stored, use] = await Promise.all([records.get([buildId, key]), uses.get([buildId, key])])
    if (stored?.digest !== digest) return
    // What was learned of it in the meantime stays.
    const { unfitFor, headers, isSeen } = stored
    const renewed = { ...record, unfitFor, headers, isSeen }
    await Promise.all([records.put(renewed, [buildId, key]), use && uses.put({ ...use, asOf }, [buildId, key])])
  })
}

function toUse(record: StoredRecord, packed: PackedSegments, isVisited: boolean): Omit<Use, 'pages'> {
  const { key, route, shell, receivedAt, digest, asOf, tags, isSeen } = record
  const bytes = shell.length + (record.kind === 'resuming' ? record.state.length : 0) + packed.bytes.length
  const kind = { isOfRoute: isDynamic(key), hasParams: isDynamic(route), isVisited }
  return { key, bytes, usedAt: receivedAt, ...kind, digest, asOf, tags, isSeen }
}

/** A use with the build that it belongs to. */
export type StoredUse = Use & { readonly buildId: string }

type Named = Pick<StoredRecord, 'buildId' | 'key' | 'digest'>

/** Deletes a record if it still has this digest: a newer record stays. */
export function deleteRecord({ buildId, key, digest }: Named): Promise<void> {
  return writing(async (tables) => {
    const record = await tables.records.get([buildId, key])
    if (record?.digest === digest) await remove(tables, record)
  })
}

/** Deletes a record and all that is stored with it. */
export async function remove(
  tables: Tables<'readwrite'>,
  { buildId, key }: Pick<Named, 'buildId' | 'key'>,
): Promise<void> {
  await Promise.all(Object.values(tables).map((table) => table.delete(allOf(buildId, key))))
}

/** What this browser has stored, of all builds. */
export function readUses(): Promise<readonly StoredUse[]> {
  return reading(async ({ uses }) => {
    const [keys, rows] = await Promise.all([uses.getAllKeys(), uses.getAll()])
    return rows.map((use, at) => ({ ...use, buildId: keys[at]?.[0] ?? '' }))
  })
}

export function countRecords(buildId: string): Promise<number> {
  return reading(({ records }) => records.count(allOf(buildId)))
}

/** Notes that the build's manifest was installed, as far as its records were available. */
export function noteInstalled(buildId: string, published: Installed): Promise<void> {
  return writing(async ({ marks }) => void (await marks.put(published, [buildId])))
}

/** The records that the install has left for later. */
export function readLeft(buildId: string): Promise<Set<RecordKey>> {
  return reading(async (tables) => new Set(leftOf(await tables.marks.get([buildId]))))
}

/** True once per record: a record that is deleted after it was taken does not come back this way. */
export function takeLeft(buildId: string, key: RecordKey): Promise<boolean> {
  return writing(async ({ marks }) => {
    const row = await marks.get([buildId])
    const isLeft = leftOf(row).includes(key)
    if (isLeft && !isMarks(row))
      await marks.put(row?.map((one) => (one[0] === key ? [key, one[1]] : one)) ?? [], [buildId])
    return isLeft
  })
}

function leftOf(row: Marks | Installed | undefined): readonly RecordKey[] {
  return isMarks(row) ? [] : (row?.flatMap(([key, , isLeft]) => (isLeft ? key : [])) ?? [])
}

/** False if the browser or a purge has emptied the store since. A single record that was requested later does not count as an install. */
export function isInstalled(buildId: string): Promise<boolean> {
  return reading(async ({ marks }) => (await marks.count(IDBKeyRange.only([buildId]))) > 0)
}

/** Deletes the records of all builds but this one, in one transaction. */
export function deleteOtherBuilds(buildId: string): Promise<void> {
  return writing(async (tables) => {
    await Promise.all(
      Object.values(tables).flatMap((table) => [
        // The marks of all builds are one row. It stays, because its key is not an array.
        table.delete(IDBKeyRange.bound([], [buildId], false, true)),
        table.delete(IDBKeyRange.lowerBound([buildId, []], true)),
      ]),
    )
  })
}

/** Also keeps records that were requested before this call from being stored. */
export function deleteAllRecords(): Promise<void> {
  return writing(async (tables) => {
    const marks = await readMarks(tables)
    await Promise.all(Object.values(tables).map((table) => table.clear()))
    await writeMarks(tables, withPurge(marks))
  })
}

// Every access to the database is one transaction over all of its tables, so that related values are read and written together.
//
//   must end whatever the database does: no caller must wait endlessly (../lifecycle/silent-store.test.ts), some set a shorter deadline.

import type { IDBPObjectStore, StoreNames } from 'idb'

import type { RecordKey } from '../../protocol/record/record.ts'
import { MARKS, RECORDS, USES } from '../../protocol/record/stored.ts'
import { withDeadline } from '../util/async.ts'
import type { Database } from './idb.ts'
import { forgetDatabase, openDatabase } from './database.ts'
import { PAGES, type Schema, SEGMENTS, TABLES } from './schema.ts'
import { DATABASE_MS } from '../util/timeouts.ts'

type Mode = 'readonly' | 'readwrite'
type Table<Name extends StoreNames<Schema>, M extends Mode> = IDBPObjectStore<Schema, typeof TABLES, Name, M>

export type Tables<M extends Mode> = {
  readonly records: Table<typeof RECORDS, M>
  readonly segments: Table<typeof SEGMENTS, M>
  readonly pages: Table<typeof PAGES, M>
  readonly uses: Table<typeof USES, M>
  readonly marks: Table<typeof MARKS, M>
}

/** Runs `work` in one transaction over all tables. Resolves before the transaction has ended, because a navigation waits for it. */
export function reading<T>(work: (tables: Tables<'readonly'>) => Promise<T>): Promise<T> {
  return withDatabase((database) => {
    const { tables, done } = begin(database, 'readonly')
    done.catch(() => {})
    return work(tables)
  })
}

/**
 * Runs `work` in one transaction over all tables. Resolves when everything that it wrote is stored; rejects if nothing was stored.
 *
 * @param work - Must await each put and delete: all of them reject if the transaction is aborted.
 */
export async function writing<T>(work: (tables: Tables<'readwrite'>) => Promise<T>): Promise<T> {
  const result = await withDatabase(async (database) => {
    const { tables, done } = begin(database, 'readwrite')
    return (await Promise.all([work(tables), done]))[0]
  })
  await written()
  return result
}

let written = async (): Promise<void> => {}

/**
 * One listener per worker, as there is one database: passed down, it would be a parameter of everything that writes.
 *
 * @param listener - Called and awaited after each transaction that may have changed something. Must not reject.
 */
export function whenWritten(listener: () => Promise<void>): void {
  written = listener
}

/** Every key that begins with these: in IndexedDB's order an array is greater than any string or number. */
export function allOf(buildId: string, ...keys: readonly RecordKey[]): IDBKeyRange {
  return IDBKeyRange.bound([buildId, ...keys], [buildId, ...keys, []])
}

function begin<M extends Mode>(
  database: Database<Schema>,
  mode: M,
): { readonly tables: Tables<M>; readonly done: Promise<void> } {
  const transaction = database.transaction(TABLES, mode)
  const tables = {
    records: transaction.objectStore(RECORDS),
    segments: transaction.objectStore(SEGMENTS),
    pages: transaction.objectStore(PAGES),
    uses: transaction.objectStore(USES),
    marks: transaction.objectStore(MARKS),
  }
  return { tables, done: transaction.done }
}

/** A connection that fails is not used again: Safari's never recover once the database server was lost (e2e/fault-matrix/fault-index.ts F3). */
async function withDatabase<T>(work: (database: Database<Schema>) => Promise<T>): Promise<T> {
  const database = await withDeadline(openDatabase(), DATABASE_MS)
  try {
    return await withDeadline(work(database), DATABASE_MS)
  } catch (error) {
    database.close()
    forgetDatabase()
    throw error
  }
}

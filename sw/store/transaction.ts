// Every access to the database is one transaction over all of its tables: what belongs together is read and written as one.
//
//   must end whatever the database does, for nothing that waits for it may wait for ever (../lifecycle/silent-store.test.ts). Who has less time says so.

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

/** What `work` reads, in one transaction over all tables. It is there before the transaction has ended: a navigation waits for it. */
export function reading<T>(work: (tables: Tables<'readonly'>) => Promise<T>): Promise<T> {
  return withDatabase((database) => {
    const { tables, done } = begin(database, 'readonly')
    done.catch(() => {})
    return work(tables)
  })
}

/**
 * What `work` resolves to, when all that it has written in one transaction over all tables is kept; rejects where none of it is.
 *
 * @param work - Must await all that it puts and deletes: each rejects where the transaction is aborted.
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
 * One for the worker, as its database is: handed down, it would be a parameter of all that writes.
 *
 * @param listener - Called after each transaction that may have changed something, and waited for. Never rejects.
 */
export function whenWritten(listener: () => Promise<void>): void {
  written = listener
}

/** Every key that begins so: in IndexedDB's order an array is greater than any string or number. */
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

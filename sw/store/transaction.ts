// Every access to the database is one transaction over all of its tables.

import { MARKS, RECORDS, USES } from '../../protocol/stored.ts'
import { forgetDatabase, openDatabase } from './open.ts'
import { committed } from './requests.ts'
import { SEGMENTS } from './schema.ts'

export type Tables = {
  readonly records: IDBObjectStore
  readonly segments: IDBObjectStore
  readonly uses: IDBObjectStore
  readonly marks: IDBObjectStore
}

/**
 * All of `work` in one transaction, and back when it is read or written. A connection that fails is not used again: Safari's never
 * recover once the database server was lost (e2e/fault-matrix/fault-index.ts F3).
 */
export async function inTransaction<T>(mode: IDBTransactionMode, work: (tables: Tables) => T | Promise<T>): Promise<T> {
  const database = await openDatabase()
  try {
    const transaction = database.transaction([RECORDS, SEGMENTS, USES, MARKS], mode)
    const tables = {
      records: transaction.objectStore(RECORDS),
      segments: transaction.objectStore(SEGMENTS),
      uses: transaction.objectStore(USES),
      marks: transaction.objectStore(MARKS),
    }
    const ended = committed(transaction)
    if (mode === 'readonly') {
      // What was read is there before the transaction has ended, and a navigation waits for it.
      ended.catch(() => {})
      return await work(tables)
    }
    const [result] = await Promise.all([work(tables), ended])
    await written()
    return result
  } catch (error) {
    database.close()
    forgetDatabase()
    throw error
  }
}

let written = async (): Promise<void> => {}

/** @param listener - Called after each transaction that may have changed something, and waited for. There is one; never rejects. */
export function whenWritten(listener: () => Promise<void>): void {
  written = listener
}

/** Every key `[buildId, string]`: in IndexedDB's order an array is greater than any string. */
export function allOf(buildId: string): IDBKeyRange {
  return IDBKeyRange.bound([buildId], [buildId, []])
}

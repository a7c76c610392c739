// As much of idb as a worker's bundle has: vite.config.ts leaves out what a database has of the methods of its tables, and iterators. The
// tests run with all of idb, so the types say it.

import { type DBSchema, type IDBPDatabase, openDB, type OpenDBCallbacks } from 'idb'

/** What idb lets a database do for one of its tables, in a transaction of its own. */
type Shortcut = 'add' | 'clear' | 'count' | 'delete' | 'get' | 'getAll' | 'getAllKeys' | 'getKey' | 'put'
/** The same, of an index of the table. */
type OfIndex = 'countFromIndex' | 'getFromIndex' | 'getAllFromIndex' | 'getAllKeysFromIndex' | 'getKeyFromIndex'

export type Database<Schema extends DBSchema> = Omit<IDBPDatabase<Schema>, Shortcut | OfIndex>

/** @param version - Undefined for the one that is there. */
export function openDatabaseOf<Schema extends DBSchema>(
  name: string,
  version: number | undefined,
  callbacks: OpenDBCallbacks<Schema>,
): Promise<Database<Schema>> {
  return openDB<Schema>(name, version, callbacks)
}

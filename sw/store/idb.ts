// The part of idb that a worker's bundle contains: vite.config.ts leaves out the database's shortcuts for table methods, and iterators. The
// tests run with all of idb, so the types must say what is missing.

import { type DBSchema, type IDBPDatabase, openDB, type OpenDBCallbacks } from 'idb'

/** Methods of idb's database that run one table method in a transaction of its own. */
type Shortcut = 'add' | 'clear' | 'count' | 'delete' | 'get' | 'getAll' | 'getAllKeys' | 'getKey' | 'put'
/** The same for an index of the table. */
type OfIndex = 'countFromIndex' | 'getFromIndex' | 'getAllFromIndex' | 'getAllKeysFromIndex' | 'getKeyFromIndex'

export type Database<Schema extends DBSchema> = Omit<IDBPDatabase<Schema>, Shortcut | OfIndex>

/** @param version - Undefined for the version that exists. */
export function openDatabaseOf<Schema extends DBSchema>(
  name: string,
  version: number | undefined,
  callbacks: OpenDBCallbacks<Schema>,
): Promise<Database<Schema>> {
  return openDB<Schema>(name, version, callbacks)
}

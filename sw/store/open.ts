// Opens the worker's database, once for the worker's life as long as the connection lasts. Called by records.ts.
//
//   must never keep a handle that the browser closed or that blocks a newer version (reference/reliability.md F3, F4);
//   must treat a database without our table as absent, never as a reason to fail (F5).

import { type IDBPDatabase, openDB } from 'idb'

import { DATABASE_NAME } from '../../protocol/wire.ts'
import { RECORDS, SCHEMA_VERSION, type ShellCacheSchema } from './schema.ts'

export type Database = IDBPDatabase<ShellCacheSchema>

let opening: Promise<Database> | undefined

/** The open database. Rejects where it cannot be opened; the next call tries again. */
export function openDatabase(): Promise<Database> {
  opening ??= open().catch((error: unknown) => {
    forgetDatabase()
    throw error
  })
  return opening
}

/** The next {@link openDatabase} opens anew. */
export function forgetDatabase(): void {
  opening = undefined
}

async function open(): Promise<Database> {
  const database = await openDB<ShellCacheSchema>(DATABASE_NAME, SCHEMA_VERSION, {
    upgrade(fresh) {
      if (!fresh.objectStoreNames.contains(RECORDS)) fresh.createObjectStore(RECORDS)
    },
    blocking(_current, _wanted, event) {
      forgetDatabase()
      if (event.target instanceof IDBDatabase) event.target.close()
    },
    terminated: forgetDatabase,
  })
  if (database.objectStoreNames.contains(RECORDS)) return database
  database.close()
  throw new Error(`the database ${DATABASE_NAME} lacks the table ${RECORDS}`)
}

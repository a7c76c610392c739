// Opens the worker's database, once for the worker's life as long as the connection lasts.
//
//   must never keep a connection that the browser closed or that blocks a newer version (e2e/fault-matrix/fault-index.ts F3, F4);
//   must treat a database without our tables as absent, never as a reason to fail (F5);
//   must leave a database that does not open alone for a while: each try costs a navigation its deadline (F1).

import { deleteDB } from 'idb'

import { MARKS } from '../../protocol/record/stored.ts'
import { appNames } from '../util/app.ts'
import { type Database, openDatabaseOf } from './idb.ts'
import { type Schema, SCHEMA_VERSION, TABLES } from './schema.ts'
import { DATABASE_RETRY_MS } from '../util/timeouts.ts'

let opening: Promise<Database<Schema>> | undefined
let failure: { readonly at: number; readonly error: unknown } | undefined

/** The open database, one connection for the worker's life. Rejects where it cannot be opened, and then at once, for a minute, with the same. */
export function openDatabase(): Promise<Database<Schema>> {
  if (failure && performance.now() - failure.at < DATABASE_RETRY_MS) return Promise.reject(failure.error)
  opening ??= open().catch((error: unknown) => {
    forgetDatabase()
    failure = { at: performance.now(), error }
    throw error
  })
  return opening
}

/** The next {@link openDatabase} opens anew. */
export function forgetDatabase(): void {
  opening = undefined
  failure = undefined
}

async function open(): Promise<Database<Schema>> {
  const { database: name } = appNames()
  const database = await openDatabaseOf<Schema>(name, SCHEMA_VERSION, {
    upgrade(fresh, _from, _to, transaction) {
      // What an older version has stored lacks what this one asks of a record; install fills the tables again. What this browser has changed
      // on the server is no less true for that; that a build was installed is not.
      for (const table of Array.from(fresh.objectStoreNames)) if (table !== MARKS) fresh.deleteObjectStore(table)
      for (const table of TABLES) if (!fresh.objectStoreNames.contains(table)) fresh.createObjectStore(table)
      // Where the upgrade fails, opening says so.
      transaction
        .objectStore(MARKS)
        .delete(IDBKeyRange.lowerBound([]))
        .catch(() => {})
    },
    blocking() {
      forgetDatabase()
      database.close()
    },
    terminated: forgetDatabase,
  })
  if (TABLES.every((table) => database.objectStoreNames.contains(table))) return database
  database.close()
  // Somebody else's, under our name and version: an empty one of ours takes its place, and is filled by refill().
  deleteDB(name).catch(() => {})
  throw new Error(`the database ${name} lacks a table`)
}

// Opens the worker's database, once per worker as long as the connection lasts.
//
//   must never keep a connection that the browser closed or that blocks a newer version (e2e/fault-matrix/fault-index.ts F3, F4);
//   must treat a database without our tables as absent, never as a reason to fail (F5);
//   must leave a database that does not open alone for a while: each attempt costs a navigation its deadline (F1).

import { deleteDB } from 'idb'

import { MARKS } from '../../protocol/record/stored.ts'
import { appNames } from '../util/app.ts'
import { type Database, openDatabaseOf } from './idb.ts'
import { type Schema, SCHEMA_VERSION, TABLES } from './schema.ts'
import { DATABASE_RETRY_MS } from '../util/timeouts.ts'

let opening: Promise<Database<Schema>> | undefined
let failure: { readonly at: number; readonly error: unknown } | undefined

/** The open database, one connection per worker. If it cannot be opened, this rejects, and for a minute immediately with the same error. */
export function openDatabase(): Promise<Database<Schema>> {
  if (failure && performance.now() - failure.at < DATABASE_RETRY_MS) return Promise.reject(failure.error)
  opening ??= open().catch((error: unknown) => {
    forgetDatabase()
    failure = { at: performance.now(), error }
    throw error
  })
  return opening
}

/** The next {@link openDatabase} opens a new connection. */
export function forgetDatabase(): void {
  opening = undefined
  failure = undefined
}

async function open(): Promise<Database<Schema>> {
  const { database: name } = appNames()
  const database = await openDatabaseOf<Schema>(name, SCHEMA_VERSION, {
    upgrade(fresh, _from, _to, transaction) {
      // Records of an older version lack fields that this version needs; install fills the tables again. The marks of what this browser has
      // changed on the server remain true and stay. The notes that a build was installed are no longer true.
      for (const table of Array.from(fresh.objectStoreNames)) if (table !== MARKS) fresh.deleteObjectStore(table)
      for (const table of TABLES) if (!fresh.objectStoreNames.contains(table)) fresh.createObjectStore(table)
      // If the upgrade fails, opening rejects.
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
  // Someone else's database, under our name and version: an empty one of ours replaces it, and a later page load fills it (messages.ts).
  deleteDB(name).catch(() => {})
  throw new Error(`the database ${name} lacks a table`)
}

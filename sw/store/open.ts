// Opens the worker's database, once for the worker's life as long as the connection lasts.
//
//   must never keep a handle that the browser closed or that blocks a newer version (e2e/fault-matrix/fault-index.ts F3, F4);
//   must treat a database without our table as absent, never as a reason to fail (F5);
//   must leave a database that does not open alone for a while: each try costs a navigation its deadline (F1).

import { MARKS, RECORDS, USES } from '../../protocol/stored.ts'
import { DATABASE_NAME } from '../../protocol/wire.ts'
import { settled } from './requests.ts'
import { SCHEMA_VERSION, SEGMENTS } from './schema.ts'

const TABLES = [RECORDS, SEGMENTS, USES, MARKS]

/** Milliseconds. */
const PAUSE_AFTER_FAILURE = 60_000

let opening: Promise<IDBDatabase> | undefined
let failedAt = -Infinity

/** The open database. Rejects where it cannot be opened, and then at once for a minute. */
export function openDatabase(): Promise<IDBDatabase> {
  if (performance.now() - failedAt < PAUSE_AFTER_FAILURE) {
    return Promise.reject(new Error('the database failed a moment ago'))
  }
  opening ??= open().catch((error: unknown) => {
    forgetDatabase()
    failedAt = performance.now()
    throw error
  })
  return opening
}

/** The next {@link openDatabase} opens anew. */
export function forgetDatabase(): void {
  opening = undefined
  failedAt = -Infinity
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE_NAME, SCHEMA_VERSION)
  request.addEventListener('upgradeneeded', () => {
    // What an older version has stored lacks what this one asks of a record; install fills the tables again.
    for (const table of Array.from(request.result.objectStoreNames)) request.result.deleteObjectStore(table)
    for (const table of TABLES) request.result.createObjectStore(table)
  })
  const database = await settled(request)
  database.addEventListener('close', forgetDatabase)
  database.addEventListener('versionchange', () => {
    forgetDatabase()
    database.close()
  })
  if (TABLES.every((table) => database.objectStoreNames.contains(table))) return database
  database.close()
  // Somebody else's, under our name and version: an empty one of ours takes its place, and is filled by refill().
  indexedDB.deleteDatabase(DATABASE_NAME)
  throw new Error(`the database ${DATABASE_NAME} lacks a table`)
}

// The database of a build with an inspector: the last visits, the reports of their pages, how often each record answered one, and what is
// simulated. If it fails, only the inspector is affected.

import type { DBSchema, IDBPTransaction } from 'idb'

import type { Reported, Simulation, Visit } from '../../protocol/page/inspection.ts'
import { appNames } from '../util/app.ts'
import { withDeadline } from '../util/async.ts'
import { openDatabaseOf } from '../store/idb.ts'
import { INSPECTOR_MS } from '../util/timeouts.ts'

const VISITS = 'visits'
const REPORTS = 'reports'
const HITS = 'hits'
const SIMULATED = 'simulated'
const TABLES = [VISITS, REPORTS, HITS, SIMULATED] as const
const VERSION = 2

/** How many visits and reports are kept, and drawn. */
const MOST_VISITS = 50
type Hits = { readonly digest: string; readonly count: number }
/** @param since - Milliseconds since the epoch. */
export type Simulated = { readonly simulation: Simulation; readonly since: number }

interface Schema extends DBSchema {
  [VISITS]: { key: number; value: Visit }
  [REPORTS]: { key: number; value: Reported }
  [HITS]: { key: string; value: Hits }
  [SIMULATED]: { key: typeof SIMULATED; value: Simulated }
}

export async function addVisit(visit: Visit, hit: string | undefined): Promise<void> {
  await inTransaction('readwrite', async (transaction) => {
    const [visits, hits] = [transaction.objectStore(VISITS), transaction.objectStore(HITS)]
    await visits.add(visit)
    const keys = await visits.getAllKeys()
    await Promise.all(keys.slice(0, -MOST_VISITS).map((key) => visits.delete(key)))
    if (hit === undefined) return
    const stored = await hits.get(hit)
    await hits.put({ digest: hit, count: (stored?.count ?? 0) + 1 }, hit)
  })
}

/** The newest first. */
export async function readVisits(): Promise<readonly Visit[]> {
  const visits = await inTransaction('readonly', (transaction) => transaction.objectStore(VISITS).getAll())
  return visits.toReversed()
}

export async function addReport(reported: Reported): Promise<void> {
  await inTransaction('readwrite', async (transaction) => {
    const reports = transaction.objectStore(REPORTS)
    await reports.add(reported)
    const keys = await reports.getAllKeys()
    await Promise.all(keys.slice(0, -MOST_VISITS).map((key) => reports.delete(key)))
  })
}

/** The newest first. */
export async function readReports(): Promise<readonly Reported[]> {
  const reports = await inTransaction('readonly', (transaction) => transaction.objectStore(REPORTS).getAll())
  return reports.toReversed()
}

/** By the digest of the record. */
export async function readHits(): Promise<ReadonlyMap<string, number>> {
  const hits = await inTransaction('readonly', (transaction) => transaction.objectStore(HITS).getAll())
  return new Map(hits.map(({ digest, count }) => [digest, count]))
}

/** Where the visitor went is private: a purge deletes it, too. */
export async function forgetVisits(): Promise<void> {
  await inTransaction('readwrite', async (transaction) => {
    await Promise.all(([VISITS, REPORTS, HITS] as const).map((table) => transaction.objectStore(table).clear()))
  })
}

export function readSimulated(): Promise<Simulated | undefined> {
  return inTransaction('readonly', (transaction) => transaction.objectStore(SIMULATED).get(SIMULATED))
}

export async function writeSimulated(simulated: Simulated): Promise<void> {
  await inTransaction('readwrite', (transaction) => transaction.objectStore(SIMULATED).put(simulated, SIMULATED))
}

/** Tells the inspector's page that there is something new to ask for. */
function tellPage(): void {
  const channel = new BroadcastChannel(appNames().channel)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
  channel.postMessage('changed')
  channel.close()
}

/** Opened for each use: this runs in the background, and a connection that is kept open would block a purge. */
async function inTransaction<Mode extends 'readonly' | 'readwrite', T>(
  mode: Mode,
  work: (transaction: IDBPTransaction<Schema, typeof TABLES, Mode>) => Promise<T>,
): Promise<T> {
  const opening = openDatabaseOf<Schema>(appNames().inspector, VERSION, {
    upgrade(fresh) {
      for (const table of TABLES)
        if (!fresh.objectStoreNames.contains(table))
          fresh.createObjectStore(table, { autoIncrement: table === VISITS || table === REPORTS })
    },
  })
  const database = await withDeadline(opening, INSPECTOR_MS)
  try {
    const transaction = database.transaction(TABLES, mode)
    const [result] = await withDeadline(Promise.all([work(transaction), transaction.done]), INSPECTOR_MS)
    if (mode === 'readwrite') tellPage()
    return result
  } finally {
    database.close()
  }
}

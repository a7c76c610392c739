// What a build with an inspector keeps for it: the last visits, how often each record answered one, what is simulated. Called by
// inspect.ts, simulate.ts and answer.ts. A failure of it is the inspector's alone.

import type { Simulation, Visit } from '../../protocol/inspection.ts'
import { INSPECTOR_DATABASE } from '../../protocol/wire.ts'
import { committed, settled } from '../store/requests.ts'

const VISITS = 'visits'
const HITS = 'hits'
const SIMULATED = 'simulated'
const TABLES = [VISITS, HITS, SIMULATED]
const VERSION = 1

/** As many visits are kept, and drawn. */
const MOST_VISITS = 50
/** Milliseconds: whoever forgets what they simulate has their app back after so long. */
const SIMULATED_FOR = 10 * 60 * 1000

type Hits = { readonly digest: string; readonly count: number }
type Simulated = { readonly simulation: Simulation; readonly since: number }

export async function addVisit(visit: Visit, hit: string | undefined): Promise<void> {
  await withTables('readwrite', async (table) => {
    const visits = table(VISITS)
    visits.add(visit)
    const keys = await settled(visits.getAllKeys())
    for (const key of keys.slice(0, -MOST_VISITS)) visits.delete(key)
    if (hit === undefined) return
    const stored: Hits | undefined = await settled(table(HITS).get(hit))
    table(HITS).put({ digest: hit, count: (stored?.count ?? 0) + 1 } satisfies Hits, hit)
  })
}

/** The newest first. */
export async function readVisits(): Promise<readonly Visit[]> {
  return withTables('readonly', async (table) => {
    const visits: Visit[] = await settled(table(VISITS).getAll())
    return visits.toReversed()
  })
}

/** By the digest of the record. */
export async function readHits(): Promise<ReadonlyMap<string, number>> {
  return withTables('readonly', async (table) => {
    const hits: Hits[] = await settled(table(HITS).getAll())
    return new Map(hits.map(({ digest, count }) => [digest, count]))
  })
}

/** Where the visitor went is theirs: a purge takes it, too. */
export async function forgetVisits(): Promise<void> {
  await withTables('readwrite', (table) => {
    table(VISITS).clear()
    table(HITS).clear()
  })
}

export async function readSimulation(): Promise<Simulation> {
  const stored = await withTables('readonly', (table) =>
    settled<Simulated | undefined>(table(SIMULATED).get(SIMULATED)),
  )
  return stored && Date.now() - stored.since < SIMULATED_FOR ? stored.simulation : 'nothing'
}

export async function writeSimulation(simulation: Simulation): Promise<void> {
  const simulated: Simulated = { simulation, since: Date.now() }
  await withTables('readwrite', (table) => void table(SIMULATED).put(simulated, SIMULATED))
}

/** Opened for each use: it happens behind the visitor's back, and a handle that is kept would stand in the way of a purge. */
async function withTables<T>(
  mode: IDBTransactionMode,
  work: (table: (name: string) => IDBObjectStore) => T | Promise<T>,
): Promise<T> {
  const request = indexedDB.open(INSPECTOR_DATABASE, VERSION)
  request.addEventListener('upgradeneeded', () => {
    for (const table of TABLES) request.result.createObjectStore(table, { autoIncrement: table === VISITS })
  })
  const database = await settled(request)
  try {
    const transaction = database.transaction(TABLES, mode)
    const [result] = await Promise.all([work((name) => transaction.objectStore(name)), committed(transaction)])
    return result
  } finally {
    database.close()
  }
}

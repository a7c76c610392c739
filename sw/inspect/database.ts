// What a build with an inspector keeps for it: the last visits, how often each record answered one, what is simulated. A failure of it is
// the inspector's alone.

import { INSPECTOR_CHANNEL, type Simulation, type Visit } from '../../protocol/inspection.ts'
import { INSPECTOR_DATABASE } from '../../protocol/wire.ts'
import { committed, settled } from '../store/requests.ts'

const VISITS = 'visits'
const HITS = 'hits'
const SIMULATED = 'simulated'
const TABLES = [VISITS, HITS, SIMULATED]
const VERSION = 1

/** As many visits are kept, and drawn. */
const MOST_VISITS = 50
type Hits = { readonly digest: string; readonly count: number }
/** @param since - Milliseconds since the epoch. */
export type Simulated = { readonly simulation: Simulation; readonly since: number }

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

export function readSimulated(): Promise<Simulated | undefined> {
  return withTables('readonly', (table) => settled<Simulated | undefined>(table(SIMULATED).get(SIMULATED)))
}

export async function writeSimulated(simulated: Simulated): Promise<void> {
  await withTables('readwrite', (table) => void table(SIMULATED).put(simulated, SIMULATED))
}

/** There is something new to ask for. */
function tellPage(): void {
  const channel = new BroadcastChannel(INSPECTOR_CHANNEL)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
  channel.postMessage('changed')
  channel.close()
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
    if (mode === 'readwrite') tellPage()
    return result
  } finally {
    database.close()
  }
}

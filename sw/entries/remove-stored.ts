// Takes away all that this package has stored in a browser for this app.

import { deleteDB } from 'idb'

import { FORMER } from '../../protocol/app-names.ts'
import { appNames, isOwnCache } from '../util/app.ts'

/** Never rejects: a database that is stuck must not keep the rest. */
export async function removeStored(): Promise<void> {
  const databases = [appNames(), FORMER].flatMap(({ database, inspector }) => [deleteDB(database), deleteDB(inspector)])
  await Promise.allSettled([removeCaches(), ...databases])
}

async function removeCaches(): Promise<void> {
  await Promise.all((await caches.keys()).filter(isOwnCache).map((name) => caches.delete(name)))
}

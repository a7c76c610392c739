// Takes away all that this package has stored in a browser for this app.

import { deleteDB } from 'idb'

import { FORMER } from '../../protocol/app-names.ts'
import { appNames, deleteOwnCaches } from '../util/app.ts'

/** Never rejects: a database that is stuck must not keep the rest. */
export async function removeStored(): Promise<void> {
  const databases = [appNames(), FORMER].flatMap(({ database, inspector }) => [deleteDB(database), deleteDB(inspector)])
  await Promise.allSettled([deleteOwnCaches(), ...databases])
}

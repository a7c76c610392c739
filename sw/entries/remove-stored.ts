// Takes away all that this package has stored in a browser.

import { deleteDB } from 'idb'

import { ASSET_CACHE_PREFIX, DATABASE_NAME, INSPECTOR_DATABASE } from '../../protocol/wire.ts'

/** Never rejects: a database that is stuck must not keep the rest. */
export async function removeStored(): Promise<void> {
  const databases = [DATABASE_NAME, INSPECTOR_DATABASE].map((name) => deleteDB(name))
  await Promise.allSettled([removeCaches(), ...databases])
}

async function removeCaches(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith(ASSET_CACHE_PREFIX)).map((name) => caches.delete(name)))
}

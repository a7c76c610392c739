// The names of this worker's own stores, and what takes them away.

import { deleteDB } from 'idb'

import { type AppNames, FORMER, namesOf } from '../../protocol/app-names.ts'

declare const registration: ServiceWorkerRegistration

let names: AppNames | undefined

export function appNames(): AppNames {
  names ??= namesOf(registration.scope)
  return names
}

/** With all files that lie in them. */
export async function deleteOwnCaches(): Promise<void> {
  await Promise.all((await caches.keys()).filter(isOwnCache).map((name) => caches.delete(name)))
}

/** Of any build of this app, or of before the apps of an origin had caches of their own. */
export function isOwnCache(name: string): boolean {
  return name.startsWith(appNames().assets) || name.startsWith(FORMER.assets)
}

/** All that this package has stored in a browser for this app. Never rejects: a database that is stuck must not keep the rest. */
export async function removeStored(): Promise<void> {
  const databases = [appNames(), FORMER].flatMap(({ database, inspector }) => [deleteDB(database), deleteDB(inspector)])
  await Promise.allSettled([deleteOwnCaches(), ...databases])
}

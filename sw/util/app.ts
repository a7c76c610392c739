// The names of this worker's own stores, and how to delete them.

import { deleteDB } from 'idb'

import { type AppNames, FORMER, namesOf } from '../../protocol/app-names.ts'

declare const registration: ServiceWorkerRegistration

let names: AppNames | undefined

export function appNames(): AppNames {
  names ??= namesOf(registration.scope)
  return names
}

/** With all files in them. */
export async function deleteOwnCaches(): Promise<void> {
  await Promise.all((await caches.keys()).filter(isOwnCache).map((name) => caches.delete(name)))
}

/** Of any build of this app, or from the time when the apps of an origin shared their caches. */
export function isOwnCache(name: string): boolean {
  return name.startsWith(appNames().assets) || name.startsWith(FORMER.assets)
}

/** Deletes all that this package has stored for this app. Never rejects: a database that is stuck must not keep the rest from deletion. */
export async function removeStored(): Promise<void> {
  const databases = [appNames(), FORMER].flatMap(({ database, inspector }) => [deleteDB(database), deleteDB(inspector)])
  await Promise.allSettled([deleteOwnCaches(), ...databases])
}

// Removes the worker and all that it stored from this browser.

import { FORMER, namesOf } from '../../protocol/app-names.ts'
import { WORKER_PATH } from '../../protocol/wire.ts'

/** True if there was a worker of ours. Other workers and their caches stay. */
export async function removeShellCache(scope: string): Promise<boolean> {
  const ours = await registrationsOf(scope)
  if (ours.length === 0) return false
  await Promise.all(ours.map((registration) => registration.unregister()))
  const stores = [namesOf(scope), FORMER]
  const isStored = (name: string): boolean => stores.some(({ assets }) => name.startsWith(assets))
  await Promise.all((await caches.keys()).filter(isStored).map((name) => caches.delete(name)))
  for (const name of stores.flatMap(({ database, inspector }) => [database, inspector])) indexedDB.deleteDatabase(name)
  return true
}

/** Whether there is a worker of ours, or one that is being installed. */
export async function hasShellCache(scope: string): Promise<boolean> {
  return (await registrationsOf(scope)).length > 0
}

async function registrationsOf(scope: string): Promise<readonly ServiceWorkerRegistration[]> {
  const registrations = await navigator.serviceWorker.getRegistrations()
  return registrations.filter((registration) => isOurs(registration, scope))
}

function isOurs(registration: ServiceWorkerRegistration, scope: string): boolean {
  const worker = registration.active ?? registration.waiting ?? registration.installing
  // With a slash if the host did not allow the wider scope (registration.ts).
  const sameScope = [scope, `${scope}/`].includes(new URL(registration.scope).pathname)
  return sameScope && worker !== null && new URL(worker.scriptURL).pathname.endsWith(WORKER_PATH)
}

// Takes the worker and all that it stored off this browser.

import { ASSET_CACHE_PREFIX, DATABASE_NAME, INSPECTOR_DATABASE, WORKER_PATH } from '../protocol/wire.ts'

/** True where there was a worker of ours. Other workers and their caches stay. */
export async function removeShellCache(scope: string): Promise<boolean> {
  const registrations = await navigator.serviceWorker.getRegistrations()
  const ours = registrations.filter((registration) => isOurs(registration, scope))
  if (ours.length === 0) return false
  await Promise.all(ours.map((registration) => registration.unregister()))
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith(ASSET_CACHE_PREFIX)).map((name) => caches.delete(name)))
  indexedDB.deleteDatabase(DATABASE_NAME)
  indexedDB.deleteDatabase(INSPECTOR_DATABASE)
  return true
}

function isOurs(registration: ServiceWorkerRegistration, scope: string): boolean {
  const worker = registration.active ?? registration.waiting ?? registration.installing
  const sameScope = new URL(registration.scope).pathname === scope
  return sameScope && worker !== null && new URL(worker.scriptURL).pathname.endsWith(WORKER_PATH)
}

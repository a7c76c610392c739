// The kill switch: a worker that takes itself, its database and its caches away. It has no fetch handler, so every request of
// its short life is the network's. Emitted as `sw.js` by the adapter and by `next-shell-cache uninstall`
// (https://developer.chrome.com/docs/workbox/remove-buggy-service-workers).

import { ASSET_CACHE_PREFIX, DATABASE_NAME, INSPECTOR_DATABASE } from '../protocol/wire.ts'
import { settled } from './store/requests.ts'

declare const self: ServiceWorkerGlobalScope

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()))
self.addEventListener('activate', (event) => event.waitUntil(removeAll()))

/** Each on its own: a database that is stuck must not keep the worker. */
async function removeAll(): Promise<void> {
  await Promise.allSettled([
    removeCaches(),
    settled(indexedDB.deleteDatabase(DATABASE_NAME)),
    settled(indexedDB.deleteDatabase(INSPECTOR_DATABASE)),
    self.registration.unregister(),
  ])
}

async function removeCaches(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith(ASSET_CACHE_PREFIX)).map((name) => caches.delete(name)))
}

// The kill switch: a worker that removes itself, its database and its caches. It has no fetch handler, so during its short life every
// request reaches the network. Emitted as `sw.js` by the adapter and by `next-shell-cache uninstall`
// (https://developer.chrome.com/docs/workbox/remove-buggy-service-workers).

import { removeStored } from '../util/app.ts'

declare const self: ServiceWorkerGlobalScope

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()))
self.addEventListener('activate', (event) =>
  event.waitUntil(Promise.all([removeStored(), self.registration.unregister()])),
)

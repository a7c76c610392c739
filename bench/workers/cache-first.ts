// The fastest page that another worker can give: the whole document from the cache, with its hole as old as the document. Bundled by
// bench/bundle-worker.ts.

import { clientsClaim } from 'workbox-core'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { CacheFirst } from 'workbox-strategies'

declare const self: ServiceWorkerGlobalScope

registerRoute(new NavigationRoute(new CacheFirst({ cacheName: 'pages' })))
clientsClaim()
void self.skipWaiting()

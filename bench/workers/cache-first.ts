// The fastest page that others can give: the whole document out of the cache, its hole as old as the document. Bundled by
// bench/bundle-worker.ts.

import { clientsClaim } from 'workbox-core'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { CacheFirst } from 'workbox-strategies'

declare const self: ServiceWorkerGlobalScope

registerRoute(new NavigationRoute(new CacheFirst({ cacheName: 'pages' })))
clientsClaim()
void self.skipWaiting()

// The plain worker of a site that wants its pages to work offline: network first, with navigation preload. Bundled by
// bench/bundle-worker.ts.

import { clientsClaim } from 'workbox-core'
import { enable } from 'workbox-navigation-preload'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { NetworkFirst } from 'workbox-strategies'

declare const self: ServiceWorkerGlobalScope

enable()
registerRoute(new NavigationRoute(new NetworkFirst({ cacheName: 'pages' })))
clientsClaim()
void self.skipWaiting()

/// <reference lib="webworker" />
// An example of a mistake: a router that answers every page load, before the shell cache.

import { installShellCache } from 'next-shell-cache/sw'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { NetworkFirst } from 'workbox-strategies'

registerRoute(new NavigationRoute(new NetworkFirst({ cacheName: 'pages' })))

installShellCache()

/// <reference lib="webworker" />
// What no one should write: a router that takes every page load, before the shell cache.

import { installShellCache } from 'next-shell-cache/sw'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { NetworkFirst } from 'workbox-strategies'

registerRoute(new NavigationRoute(new NetworkFirst({ cacheName: 'pages' })))

installShellCache()

/// <reference lib="webworker" />
import { installShellCache } from 'next-shell-cache/sw'
import { registerRoute } from 'workbox-routing'
import { CacheFirst } from 'workbox-strategies'

installShellCache()

registerRoute(({ request }) => request.destination === 'image', new CacheFirst({ cacheName: 'pictures' }))

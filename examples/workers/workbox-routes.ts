/// <reference lib="webworker" />
import { installShellCacheRoutes } from 'next-shell-cache/sw'
import { registerRoute } from 'workbox-routing'
import { CacheFirst, NetworkFirst } from 'workbox-strategies'

registerRoute(
  ({ request, url }) => request.mode === 'navigate' && url.pathname === '/about',
  new NetworkFirst({ cacheName: 'pages' }),
)

for (const { matcher, handler, method } of installShellCacheRoutes()) registerRoute(matcher, handler, method)

registerRoute(({ request }) => request.destination === 'image', new CacheFirst({ cacheName: 'pictures' }))

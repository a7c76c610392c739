/// <reference lib="webworker" />
import { installShellCacheRoutes } from 'next-shell-cache/sw'
import { CacheFirst, NetworkFirst, Serwist } from 'serwist'

new Serwist({
  runtimeCaching: [
    {
      matcher: ({ request, url }) => request.mode === 'navigate' && url.pathname === '/about',
      handler: new NetworkFirst({ cacheName: 'pages' }),
    },
    ...installShellCacheRoutes(),
    { matcher: ({ request }) => request.destination === 'image', handler: new CacheFirst({ cacheName: 'pictures' }) },
  ],
}).addEventListeners()

/// <reference lib="webworker" />
import { installShellCache } from 'next-shell-cache/sw'
import { CacheFirst, Serwist } from 'serwist'

installShellCache()

new Serwist({
  runtimeCaching: [
    { matcher: ({ request }) => request.destination === 'image', handler: new CacheFirst({ cacheName: 'pictures' }) },
  ],
}).addEventListeners()

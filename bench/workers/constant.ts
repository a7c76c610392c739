// The floor: the cost of any worker that answers by itself. It sends the same few bytes for every page. Bundled by bench/bundle-worker.ts.

import { clientsClaim } from 'workbox-core'

declare const self: ServiceWorkerGlobalScope

const PAGE =
  '<!doctype html><html lang="en"><title>Tide tables</title><h1>Tide tables</h1><p>The same for everybody.</p></html>'

self.addEventListener('fetch', (event) => {
  if (event.request.mode !== 'navigate') return
  event.respondWith(new Response(PAGE, { headers: { 'content-type': 'text/html; charset=utf-8' } }))
})
clientsClaim()
void self.skipWaiting()

// Which requests are ours: navigations that a record may answer, and the hashed assets of stored shells. Everything else
// falls through without respondWith. The only file that imports workbox-routing. Called by lifecycle.ts.

import { Route } from 'workbox-routing/Route.js'
import { Router } from 'workbox-routing/Router.js'

import { compileRoutes } from '../protocol/route-match.ts'
import type { WorkerConfig } from '../protocol/worker-config.ts'
import { readAsset } from './install/asset-cache.ts'
import { type Navigation, toNavigation } from './navigation/eligible.ts'
import { navigate } from './navigation/navigate.ts'

export function createRouter(config: WorkerConfig): Router {
  const router = new Router()
  const table = compileRoutes(config.routes)
  router.registerRoute(
    new Route(
      ({ request, url, sameOrigin }) => sameOrigin && toNavigation(request, url, config, table),
      // Workbox hands on what the match returned, and types it as the strings of a pattern.
      async ({ event, params }) => navigate(event as FetchEvent, params as unknown as Navigation, config),
    ),
  )
  const assets = `${config.basePath}/_next/static/`
  router.registerRoute(
    new Route(
      ({ request, url, sameOrigin }) => sameOrigin && isAsset(request) && url.pathname.startsWith(assets),
      async ({ request }) => (await readAsset(request)) ?? fetch(request),
    ),
  )
  return router
}

function isAsset({ destination }: Request): boolean {
  return destination === 'script' || destination === 'style' || destination === 'font'
}

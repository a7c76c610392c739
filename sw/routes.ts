// Which requests are ours: navigations that a record may answer, and the hashed assets of stored shells. Everything else
// falls through without respondWith. One of the two files that import workbox-routing. Called by lifecycle.ts.

import { Route } from 'workbox-routing/Route.js'
import { Router } from 'workbox-routing/Router.js'

import { compileRoutes, type RouteTable } from '../protocol/route-match.ts'
import type { WorkerConfig } from '../protocol/worker-config.ts'
import { readAsset } from './install/asset-cache.ts'
import { type Navigation, toNavigation } from './navigation/eligible.ts'
import { navigate } from './navigation/navigate.ts'
import type { AskForRest } from './transport/continue-shell.ts'

/** What a build's options add to the worker (with-options.ts). */
export type Extras = {
  readonly askForRest?: AskForRest
  readonly route?: (config: WorkerConfig, table: RouteTable) => Route
}

export function createRouter(config: WorkerConfig, extras: Extras): Router {
  const router = new Router()
  const table = compileRoutes(config.routes)
  router.registerRoute(
    new Route(
      ({ request, url, sameOrigin }) => sameOrigin && toNavigation(request, url, config, table),
      // Workbox hands on what the match returned, and types it as the strings of a pattern.
      async ({ event, params }) =>
        navigate(event as FetchEvent, params as unknown as Navigation, config, extras.askForRest),
    ),
  )
  const assets = `${config.basePath}/_next/static/`
  router.registerRoute(
    new Route(
      ({ request, url, sameOrigin }) => sameOrigin && isAsset(request) && url.pathname.startsWith(assets),
      async ({ request }) => (await readAsset(request)) ?? fetch(request),
    ),
  )
  if (extras.route) router.registerRoute(extras.route(config, table))
  return router
}

function isAsset({ destination }: Request): boolean {
  return destination === 'script' || destination === 'style' || destination === 'font'
}

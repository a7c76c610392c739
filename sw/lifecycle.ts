// The worker's life: install fills the store, activate switches to this build, fetch routes. Called once by index.ts, while
// the script is first evaluated: listeners that are added later are not called.

import { INSPECTOR_DATABASE } from '../protocol/wire.ts'
import type { WorkerConfig } from '../protocol/worker-config.ts'
import { installRecords } from './install/install.ts'
import { deleteDesertedAssets } from './install/old-assets.ts'
import { answerMessage } from './messages.ts'
import { createRouter, type Extras } from './routes.ts'
import { type StaticRoute, staticRoutes } from './static-routes.ts'
import { deleteOtherBuilds } from './store/records.ts'

export function startWorker(scope: ServiceWorkerGlobalScope, config: WorkerConfig, extras: Extras = {}): void {
  const router = createRouter(config, extras)
  scope.addEventListener('install', (event) => {
    addStaticRoutes(event, config)
    const takeOver = (): Promise<void> | undefined => (config.update === 'immediate' ? scope.skipWaiting() : undefined)
    event.waitUntil(install(config).then(takeOver))
  })
  scope.addEventListener('activate', (event) => {
    // Not waited for: nobody should wait for a worker because of what only speeds it up.
    if (!extras.onActivate) void turnPreloadOff(scope)
    event.waitUntil(
      activate(scope, config)
        .then(extras.onActivate)
        .then(() => scope.clients.claim()),
    )
  })
  scope.addEventListener('message', (event) => event.waitUntil(answerMessage(scope, config, event)))
  scope.addEventListener('fetch', (event) => {
    const response = router(event)
    if (response) event.respondWith(response)
  })
}

/** A worker without records is a worker that lets everything through: no reason to fail its install. */
async function install(config: WorkerConfig): Promise<void> {
  try {
    const { problems } = await installRecords(config)
    if (problems.length > 0)
      warn(`${problems.length} shells were left out; their pages come from the network.`, problems)
  } catch (error) {
    warn('Nothing was installed; every page comes from the network until the next deploy.', error)
  }
}

/** From here on only this build's records exist. Records are read by build, so a failure leaves litter, never a mixture. */
async function activate(scope: ServiceWorkerGlobalScope, { buildId, inspector }: WorkerConfig): Promise<void> {
  // Where an earlier build's visitor went is nobody's to see any more.
  if (!inspector) indexedDB.deleteDatabase(INSPECTOR_DATABASE)
  await Promise.allSettled([deleteOtherBuilds(buildId), deleteDesertedAssets(scope, buildId)])
}

/** It stays on through updates: an earlier build's option would go on costing the server a document for each navigation. */
async function turnPreloadOff({ registration }: ServiceWorkerGlobalScope): Promise<void> {
  await registration.navigationPreload?.disable().catch(() => {})
}

/** The Service Worker Static Routing API, where the browser has it. */
type StaticRouting = { readonly addRoutes?: (rules: readonly StaticRoute[]) => Promise<void> }

/**
 * One of them is needed for more than speed: Chromium's ServiceWorkerAutoPreload sends a GET of its own beside a cold worker's
 * answer and throws it away (6 of 6 cold navigations, Chromium 156, facts.md). A static route to the fetch handler opts out.
 * https://github.com/WICG/service-worker-auto-preload
 */
function addStaticRoutes(event: ExtendableEvent & StaticRouting, config: WorkerConfig): void {
  const added = event.addRoutes?.(staticRoutes(config))
  if (added) event.waitUntil(added.catch(() => {}))
}

function warn(message: string, details: unknown): void {
  console.warn(`[shell-cache] ${message}`, details)
}

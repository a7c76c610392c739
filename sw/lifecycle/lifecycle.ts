// The worker's life: install fills the store, activate switches to this build, fetch routes. Called once by the worker's entry, while the
// script is first evaluated: the browser does not call listeners that are added later.

import { deleteDB } from 'idb'

import { withDeadline } from '../util/async.ts'
import { appNames } from '../util/app.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { installRecords } from '../install/install.ts'
import { deleteDesertedAssets } from '../install/old-assets.ts'
import { answerMessage, stepAside } from './messages.ts'
import { openPages } from './open-pages.ts'
import { createRouter, type Extras, type Router } from '../routing/routes.ts'
import { type WorkerHost, type StaticRoute, staticRoutes } from '../routing/static-routes.ts'
import { takeOver } from '../store/former.ts'
import { endAlarm } from '../store/alarm.ts'
import { noteHost } from '../store/host-head.ts'
import { deleteOtherBuilds } from '../store/records.ts'
import { askSwitch, whenSwitchedOff } from '../transport/switch.ts'
import { ACTIVATE_MS } from '../util/timeouts.ts'

/** @param host - What else answers requests in this worker. */
export function startWorker(
  scope: ServiceWorkerGlobalScope,
  config: WorkerConfig,
  extras: Extras,
  host: Exclude<WorkerHost, 'router'>,
): void {
  live(scope, config, extras, host)
  const router = createRouter(config, extras)
  scope.addEventListener('fetch', (event) => {
    const answer = router(event)
    if (answer) event.respondWith(answer())
  })
}

/** Starts the worker without a listener for requests: the app's own router calls the returned one. */
export function startRouted(scope: ServiceWorkerGlobalScope, config: WorkerConfig, extras: Extras): Router {
  live(scope, config, extras, 'router')
  return createRouter(config, extras)
}

function live(scope: ServiceWorkerGlobalScope, config: WorkerConfig, extras: Extras, host: WorkerHost): void {
  scope.addEventListener('install', (event) => {
    addStaticRoutes(event, config, host)
    const takeOver = (): Promise<void> | undefined => (config.update === 'immediate' ? scope.skipWaiting() : undefined)
    event.waitUntil(install(scope, config).then(takeOver))
  })
  scope.addEventListener('activate', (event) => {
    const activated = activate(scope, config)
    // All requests of pages wait until this has ended. Work that takes longer continues in the background.
    const ready = withDeadline(activated.then(extras.onActivate), ACTIVATE_MS)
    event.waitUntil(ready.catch(() => {}).then(() => scope.clients.claim()))
    // Not awaited: nothing should wait for what only saves time. Last, because other code in this worker may turn it on.
    if (!extras.onActivate) void activated.then(() => turnPreloadOff(scope))
  })
  whenSwitchedOff(() => stepAside(config))
  scope.addEventListener('message', (event) => event.waitUntil(answerMessage(scope, config, event)))
}

/** A worker without records lets every request through: no reason to fail its install. */
async function install(scope: ServiceWorkerGlobalScope, config: WorkerConfig): Promise<void> {
  try {
    if (await askSwitch(config, noteHost)) return
    const { problems } = await installRecords(config, await openPages(scope, config))
    if (problems.length > 0)
      warn(`${problems.length} shells were left out; their pages come from the network.`, problems)
  } catch (error) {
    warn('Nothing was installed; all pages come from the network until the next deploy.', error)
  }
}

/** From here on only this build's records exist. Records are read by build, so a failure leaves garbage, never a mixture. */
async function activate(scope: ServiceWorkerGlobalScope, { buildId, inspector }: WorkerConfig): Promise<void> {
  await Promise.allSettled([
    takeOver(),
    deleteOtherBuilds(buildId),
    endAlarm(),
    deleteDesertedAssets(scope, buildId),
    inspector ? undefined : deleteInspected(),
  ])
}

/** The next build must not show where a visitor went under an earlier one. Not awaited: a page may hold the database open. */
async function deleteInspected(): Promise<void> {
  deleteDB(appNames().inspector).catch(() => {})
}

/** It stays on across updates, and an option of Serwist turns it on. It would cost the server a document for each navigation. */
async function turnPreloadOff({ registration }: ServiceWorkerGlobalScope): Promise<void> {
  await registration.navigationPreload?.disable().catch(() => {})
}

/** The Service Worker Static Routing API, if the browser has it. */
type StaticRouting = { readonly addRoutes?: (rules: readonly StaticRoute[]) => Promise<void> }

/**
 * One static route is needed for more than speed. Chromium's ServiceWorkerAutoPreload sends a GET of its own while a cold worker answers,
 * and discards its response (6 of 6 cold navigations, Chromium 156, docs/discoveries/browsers.md). A static route to the fetch handler opts
 * out. https://github.com/WICG/service-worker-auto-preload
 */
function addStaticRoutes(event: ExtendableEvent & StaticRouting, config: WorkerConfig, host: WorkerHost): void {
  const added = event.addRoutes?.(staticRoutes(config, host))
  if (added) event.waitUntil(added.catch(() => {}))
}

function warn(message: string, details: unknown): void {
  console.warn(`[shell-cache] ${message}`, details)
}

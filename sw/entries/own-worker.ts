/**
 * For the source of an app's own worker, which the option `worker` names.
 *
 * @packageDocumentation
 */

// The adapter's bundler replaces the names below with the constants of the build (adapter-plugin/output/worker/bundle-worker.ts).

import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { keepCopies } from '../copies/copies.ts'
import { inspect } from '../inspect/inspect.ts'
import { startRouted, startWorker } from '../lifecycle/lifecycle.ts'
import type { Extras } from '../routing/routes.ts'
import { type ShellCacheRoute, toRoutes } from '../routing/shell-cache-routes.ts'
import { learnsShells } from '../refresh/learn-shell.ts'
import { optionExtras } from '../lifecycle/option-extras.ts'

export type { RoutedRequest, ShellCacheRoute } from '../routing/shell-cache-routes.ts'

declare const self: ServiceWorkerGlobalScope
declare const SHELL_CACHE_CONFIG: WorkerConfig
/** Whether the build needs inspect.ts; otherwise the bundler leaves it out. */
declare const SHELL_CACHE_IS_WATCHED: boolean
/** Whether it needs copies.ts. */
declare const SHELL_CACHE_HAS_COPIES: boolean
/** Whether it needs learn-shell.ts. */
declare const SHELL_CACHE_LEARNS: boolean

type Build = { readonly config: WorkerConfig; readonly extras: Extras }

// Runs on import, whenever the app calls installShellCache(): it must come before all listeners for requests (preload/registration.ts).
const build: Build | undefined =
  typeof SHELL_CACHE_CONFIG === 'undefined'
    ? undefined
    : { config: SHELL_CACHE_CONFIG, extras: extrasOf(SHELL_CACHE_CONFIG) }

function extrasOf(config: WorkerConfig): Extras {
  // Its listeners must come before all others.
  const watched = SHELL_CACHE_IS_WATCHED ? inspect(self, config) : undefined
  const copies = SHELL_CACHE_HAS_COPIES ? keepCopies(self, config) : undefined
  const extras = {
    ...optionExtras(self, config),
    copies,
    learning: SHELL_CACHE_LEARNS ? learnsShells(config) : undefined,
  }
  return watched?.(extras) ?? extras
}

/**
 * Answers navigations from stored shells, in addition to what this worker does itself. Call it once, while the worker's script is first
 * evaluated and before others listen for requests, because the first listener that responds wins. All other requests reach the listeners
 * after it.
 *
 * @throws Error, if the script was not bundled by the option `worker` of `withShellCache()` and so knows no build.
 */
export function installShellCache(): void {
  const { config, extras } = known(build)
  startWorker(self, config, extras, 'listeners')
}

/**
 * Does the same, but leaves the responses to this worker's own router. Register the returned routes there. Call it once, while the worker's
 * script is first evaluated, and not together with {@link installShellCache}. You choose the position among your other routes. Page loads
 * that an earlier route takes never reach the shell cache.
 *
 * @returns One route for each method, for `workbox-routing` and for Serwist.
 * @throws Error, if the script was not bundled by the option `worker` of `withShellCache()` and so knows no build.
 */
export function installShellCacheRoutes(): readonly ShellCacheRoute[] {
  const { config, extras } = known(build)
  return toRoutes(startRouted(self, config, extras))
}

function known(build: Build | undefined): Build {
  if (build) return build
  throw new Error(
    '[shell-cache] This worker was not bundled by next-shell-cache and knows no build. Nothing of it runs. Name its source as the option `worker` of withShellCache(), or call importScripts() with the path of the built sw.js in place of this.',
  )
}

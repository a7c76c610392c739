// Replaces `next-shell-cache/sw` if the shell cache is removed (option `uninstall`) from an app with a worker of its own. That worker
// stays, and with it the push subscriptions, which a browser deletes together with the worker.

import { removeStored } from '../util/app.ts'
import type { ShellCacheRoute } from '../routing/shell-cache-routes.ts'

declare const self: ServiceWorkerGlobalScope

export function installShellCache(): void {
  self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()))
  self.addEventListener('activate', (event) => event.waitUntil(Promise.all([removeStored(), turnPreloadOff()])))
}

export function installShellCacheRoutes(): readonly ShellCacheRoute[] {
  installShellCache()
  return []
}

/** Preload belongs to the registration, and that stays. */
async function turnPreloadOff(): Promise<void> {
  await self.registration.navigationPreload?.disable().catch(() => {})
}

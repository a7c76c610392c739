// What stands for `next-shell-cache/sw` where the shell cache is taken away (option `uninstall`) from an app with a worker of its own:
// that stays, and with it the push subscriptions, which a browser forgets with its worker.

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

/** It is the registration's, which stays. */
async function turnPreloadOff(): Promise<void> {
  await self.registration.navigationPreload?.disable().catch(() => {})
}

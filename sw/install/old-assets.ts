// Deletes the assets of earlier builds when their last page is closed. A script that such a page loads late is no longer on the server, so
// this is the only copy (e2e/fault-matrix/fault-index.ts F27).

import { isArrayOf, isString } from '../../protocol/json-shape.ts'
import { isOwnCache } from '../util/app.ts'
import { withDeadline } from '../util/async.ts'
import { assetCacheName } from './assets.ts'
import { CACHE_CLEANUP_MS } from '../util/timeouts.ts'

/** A file in an old build's cache: the ids of the pages that were open when a newer build took over. No asset has this path. */
const PAGES = '/next-shell-cache-pages'

/** The part of the worker's global scope that is used here. */
type Scope = {
  readonly registration: Pick<ServiceWorkerRegistration, 'scope'> & {
    readonly installing: object | null
    readonly waiting: object | null
  }
  readonly clients: {
    readonly matchAll: (options: {
      type: 'window'
      includeUncontrolled: true
    }) => Promise<readonly Pick<Client, 'id' | 'url'>[]>
  }
}

/**
 * Deletes the caches of other builds that no page needs. Any page that is open at the first call after a deploy may need them. Rejects if
 * Cache Storage does not answer; the next call checks the remaining caches again.
 */
export function deleteDesertedAssets(scope: Scope, buildId: string): Promise<void> {
  return withDeadline(deleteDeserted(scope, buildId), CACHE_CLEANUP_MS)
}

async function deleteDeserted(scope: Scope, buildId: string): Promise<void> {
  const names = await caches.keys()
  const others = names.filter((name) => isOwnCache(name) && name !== assetCacheName(buildId))
  // A cache that is not ours may belong to a newer build, whose worker fills it or waits.
  if (others.length === 0 || scope.registration.installing || scope.registration.waiting) return
  // After a rollback, this build's cache may still have the list from the time when it was an old build.
  await (await caches.open(assetCacheName(buildId))).delete(PAGES)
  const clients = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const open = clients.filter(({ url }) => url.startsWith(scope.registration.scope)).map(({ id }) => id)
  await Promise.all(others.map((name) => deleteOrKeep(name, open)))
}

async function deleteOrKeep(name: string, open: readonly string[]): Promise<void> {
  const cache = await caches.open(name)
  const noted: unknown = await (await cache.match(PAGES))?.json()
  const pages = isArrayOf(noted, isString) ? noted : open
  if (!pages.some((page) => open.includes(page))) await caches.delete(name)
  else if (pages !== noted) await cache.put(PAGES, new Response(JSON.stringify(pages)))
}

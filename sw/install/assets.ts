// The scripts, styles and fonts of stored shells, in one cache of Cache Storage per build. Their names contain the hash of their content,
// so a copy from an earlier build is as good as a new one, if it is genuine: any script of the origin can write here, and such files must
// not get into the next build. install.ts fills the cache, routing/routes.ts reads it, old-assets.ts deletes it.

import type { Manifest } from '../../protocol/build/manifest.ts'
import { appNames, isOwnCache } from '../util/app.ts'
import { withDeadline } from '../util/async.ts'
import { hashOf } from '../util/record.ts'
import { isSaving } from '../util/connection.ts'
import { isOutOfQuota } from './room.ts'
import { CACHE_MS, CACHE_INSTALL_MS } from '../util/timeouts.ts'

/** Each asset is requested once, however many records share it. */
export type AssetCache = {
  /** Resolves to the number of fetched bytes: 0 if the asset is there already. */
  readonly add: (url: string, headers?: Record<string, string>) => Promise<number>
  /**
   * Deletes from this build's cache what is not a file of the build, and also files of other origins, which are fetched again. From every
   * other cache of the origin it deletes files that differ from this build's: a static route of the browser searches all caches, the oldest
   * first.
   */
  readonly dropForeign: () => Promise<void>
}

/** Otherwise an asset that was stored for requests with a certain header would be missed. */
const FOR_ANY = { ignoreVary: true }

export function assetCacheName(buildId: string): string {
  return appNames().assets + buildId
}

/** @param manifest - Its hashes decide what is reused from earlier builds. Pictures have no hash, never run, and are reused unchecked. */
export async function openAssetCache({ buildId, hashes }: Pick<Manifest, 'buildId' | 'hashes'>): Promise<AssetCache> {
  const cache = await withDeadline(caches.open(assetCacheName(buildId)), CACHE_INSTALL_MS)
  const under = new Map<string, Promise<number>>()
  const fill = async (url: string, headers: Record<string, string>): Promise<number> => {
    if (await cache.match(url)) return 0
    const held = await matchOwn(url)
    const isPicture = 'accept' in headers
    const isCopy = held && (isPicture || (await isFile(held, hashes[url])))
    const response = isCopy ? held : await fetchAsset(url, headers)
    if (!response) return 0
    if (!response.ok || response.redirected) throw new Error(`${url} answered ${response.status}`)
    const { size } = isCopy ? { size: 0 } : await response.clone().blob()
    await cache.put(url, response)
    return size
  }
  return {
    add(url, headers = {}) {
      const filling = under.get(url) ?? fill(url, headers)
      under.set(url, filling)
      return filling
    },
    async dropForeign() {
      for (const name of await caches.keys()) {
        const place = await caches.open(name)
        for (const request of await place.keys()) {
          const { pathname, search } = new URL(request.url)
          const hash = hashes[pathname + search]
          if (hash === undefined && name !== assetCacheName(buildId)) continue
          const found = await place.match(request)
          if (!found || !(await isFile(found, hash))) await place.delete(request, FOR_ANY)
        }
      }
    },
  }
}

async function isFile(held: Response, hash: unknown): Promise<boolean> {
  return hash === (await hashOf(new Uint8Array(await held.clone().arrayBuffer())))
}

/** Adds them one after the other, as many as fit, and resolves to the bytes fetched. Skips failures, and stops if the quota is exceeded. */
export async function addWithin(
  urls: readonly string[],
  assets: AssetCache,
  mostBytes: number,
  headers?: Record<string, string>,
): Promise<number> {
  let bytes = 0
  for (const url of urls) {
    if (bytes >= mostBytes || isSaving()) break
    const added = await assets.add(url, headers).catch((error: unknown) => (isOutOfQuota(error) ? Infinity : 0))
    if (added === Infinity) break
    bytes += added
  }
  return bytes
}

/**
 * Undefined if another origin does not let us read (no `Access-Control-Allow-Origin`). Its scripts run nevertheless, from there or from the
 * browser's own cache, as they would without us.
 */
async function fetchAsset(url: string, headers: Record<string, string>): Promise<Response | undefined> {
  const asking = fetch(url, { credentials: 'same-origin', headers, priority: 'low' })
  return /^\/(?!\/)/.test(url) ? asking : asking.catch(() => undefined)
}

/** The stored asset, this build's or an earlier one's. Undefined if there is none or Cache Storage does not answer. */
export async function readAsset(request: Request, buildId: string): Promise<Response | undefined> {
  // It is nearly always there: this takes one lookup, not one per cache.
  const reading = matchIn(assetCacheName(buildId), request).then((found) => found ?? matchOwn(request))
  return withDeadline(reading, CACHE_MS).catch(() => undefined)
}

/**
 * Of any build, but never the copy of another app or tool: it may be opaque. For the install of a record that is a failure, and for a
 * script with `crossorigin` a network error.
 */
async function matchOwn(asset: RequestInfo): Promise<Response | undefined> {
  for (const name of (await caches.keys()).filter(isOwnCache).toReversed()) {
    const found = await matchIn(name, asset)
    if (found) return found
  }
  return undefined
}

async function matchIn(cacheName: string, asset: RequestInfo): Promise<Response | undefined> {
  return caches.match(asset, { cacheName, ...FOR_ANY })
}

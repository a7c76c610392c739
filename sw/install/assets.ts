// The scripts, styles and fonts that stored shells refer to, in one cache of Cache Storage a build. Their names carry the
// hash of their content, so a copy that an earlier build left behind is as good as a new one, if it is one: any script of the origin can write
// here, and what it wrote must not come into the next build. Filled by install.ts, read by routing/routes.ts; old-assets.ts takes
// it away.

import type { Manifest } from '../../protocol/build/manifest.ts'
import { appNames, isOwnCache } from '../util/app.ts'
import { withDeadline } from '../util/async.ts'
import { hashOf } from '../util/record.ts'
import { isSaving } from '../util/connection.ts'
import { isOutOfQuota } from './room.ts'
import { CACHE_MS, CACHE_INSTALL_MS } from '../util/timeouts.ts'

/** Every asset asked for once, however many records share it. */
export type AssetCache = {
  /** Resolves to the bytes that it has fetched: none where they are there already. */
  readonly add: (url: string, headers?: Record<string, string>) => Promise<number>
  /**
   * Takes away what this build's worker has not put there; what lies on another origin, too, which is fetched anew. From every other cache of
   * the origin it takes what is not the file that this build has: where the browser answers by a static route it looks in all of them, the
   * oldest first.
   */
  readonly dropForeign: () => Promise<void>
}

/** What was stored for requests with some header alone would be missed otherwise. */
const FOR_ANY = { ignoreVary: true }

export function assetCacheName(buildId: string): string {
  return appNames().assets + buildId
}

/** @param manifest - Its hashes decide what is taken over from earlier builds. Pictures have none, are never run, and are taken as they are. */
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

/** One after the other, as many as fit; resolves to the bytes fetched. What fails is left out, and nothing follows an exceeded quota. */
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
 * Undefined where another origin lets no one read (it names no `Access-Control-Allow-Origin`): its scripts run all the same, from
 * there or from the browser's own cache, as they would without us.
 */
async function fetchAsset(url: string, headers: Record<string, string>): Promise<Response | undefined> {
  const asking = fetch(url, { credentials: 'same-origin', headers, priority: 'low' })
  return /^\/(?!\/)/.test(url) ? asking : asking.catch(() => undefined)
}

/** The stored asset, this build's or an earlier one's; undefined where there is none or Cache Storage does not answer. */
export async function readAsset(request: Request, buildId: string): Promise<Response | undefined> {
  // Nearly always there: one question, and not one for each cache.
  const reading = matchIn(assetCacheName(buildId), request).then((found) => found ?? matchOwn(request))
  return withDeadline(reading, CACHE_MS).catch(() => undefined)
}

/**
 * Of whichever build, but never another app's or tool's copy: it may be opaque, which a record's install takes for a failure and a script
 * with `crossorigin` for a network error.
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

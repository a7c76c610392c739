// The scripts, styles and fonts that stored shells refer to, in one cache of Cache Storage a build. Their names carry the
// hash of their content, so a copy that an earlier build left behind is as good as a new one. Filled by install.ts, read by
// routing/routes.ts; old-assets.ts takes it away.

import { appNames, isOwnCache } from '../util/app.ts'
import { withDeadline } from '../util/deadline.ts'

/** Milliseconds that a script of a page waits for Cache Storage before the network is asked. */
const PATIENCE = 2000

/** Milliseconds that an install waits for Cache Storage. */
const OPENED_WITHIN = 10_000

/** Every asset asked for once, however many records share it. */
export type AssetCache = {
  /** Resolves to the bytes that it has fetched, as far as the server says. */
  readonly add: (url: string, headers?: Record<string, string>) => Promise<number>
}

export function assetCacheName(buildId: string): string {
  return appNames().assets + buildId
}

export async function openAssetCache(buildId: string): Promise<AssetCache> {
  const cache = await withDeadline(caches.open(assetCacheName(buildId)), OPENED_WITHIN)
  const under = new Map<string, Promise<number>>()
  const fill = async (url: string, headers: Record<string, string>): Promise<number> => {
    if (await cache.match(url)) return 0
    const held = await matchOwn(url)
    const response = held ?? (await fetchAsset(url, headers))
    if (!response) return 0
    if (!response.ok || response.redirected) throw new Error(`${url} answered ${response.status}`)
    const bytes = Number(response.headers.get('content-length') ?? 0)
    await cache.put(url, response)
    return bytes
  }
  return {
    add(url, headers = {}) {
      const filling = under.get(url) ?? fill(url, headers)
      under.set(url, filling)
      return filling
    },
  }
}

/**
 * Undefined where another origin lets nobody read (it names no `Access-Control-Allow-Origin`): its scripts run all the same, from
 * there or from the browser's own cache, as they would without us.
 */
async function fetchAsset(url: string, headers: Record<string, string>): Promise<Response | undefined> {
  const asking = fetch(url, { credentials: 'same-origin', headers })
  return /^\/(?!\/)/.test(url) ? asking : asking.catch(() => undefined)
}

/** The stored asset, this build's or an earlier one's; undefined where there is none or Cache Storage does not answer. */
export async function readAsset(request: Request, buildId: string): Promise<Response | undefined> {
  // Nearly always there: one question, and not one for each cache.
  const reading = matchIn(assetCacheName(buildId), request).then((found) => found ?? matchOwn(request))
  return withDeadline(reading, PATIENCE).catch(() => undefined)
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
  return caches.match(asset, { cacheName, ignoreVary: true })
}

// The scripts, styles and fonts that stored shells refer to, in one cache of Cache Storage a build. Their names carry the
// hash of their content, so a copy that an earlier build left behind is as good as a new one. Filled by install.ts, read by
// routes.ts; old-assets.ts takes it away.

import { ASSET_CACHE_PREFIX } from '../../protocol/wire.ts'

/** Every asset asked for once, however many records share it. */
export type AssetCache = { readonly add: (url: string) => Promise<void> }

export function assetCacheName(buildId: string): string {
  return ASSET_CACHE_PREFIX + buildId
}

export async function openAssetCache(buildId: string): Promise<AssetCache> {
  const cache = await caches.open(assetCacheName(buildId))
  const under = new Map<string, Promise<void>>()
  const fill = async (url: string): Promise<void> => {
    if (await cache.match(url)) return
    const held = await caches.match(url)
    if (held) return cache.put(url, held)
    const response = await fetch(url, { credentials: 'same-origin' })
    if (!response.ok || response.redirected) throw new Error(`${url} answered ${response.status}`)
    await cache.put(url, response)
  }
  return {
    add(url) {
      const filling = under.get(url) ?? fill(url)
      under.set(url, filling)
      return filling
    },
  }
}

/** The stored asset, or undefined where there is none or Cache Storage does not answer. */
export async function readAsset(request: Request): Promise<Response | undefined> {
  try {
    return await caches.match(request, { ignoreVary: true })
  } catch {
    return undefined
  }
}

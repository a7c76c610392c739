// Pictures of `next/image`, for shells that are opened without a network. One size of each is stored in the cache of the build's assets, in
// idle time, and is used for every other size. Drawings (SVG) have only one size.

import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { withDeadline } from '../util/async.ts'
import { addWithin, type AssetCache, assetCacheName } from './assets.ts'
import { CACHE_MS } from '../util/timeouts.ts'

/** The header that a browser sends for a picture: Next answers with the smallest format that it accepts. */
const ACCEPT = 'image/avif,image/webp,*/*'

/** Resolves to the bytes that were fetched. */
export function addImages(urls: readonly string[], assets: AssetCache, mostBytes: number): Promise<number> {
  return addWithin(urls, assets, mostBytes, { accept: ACCEPT })
}

export function mayBeStoredImage(
  { destination }: Pick<Request, 'destination'>,
  { pathname }: URL,
  { basePath, drawings }: Pick<WorkerConfig, 'basePath' | 'drawings'>,
): boolean {
  return destination === 'image' && (pathname === `${basePath}/_next/image` || drawings.includes(pathname))
}

/** The network's picture, or the stored one of the same source. Rejects if there is neither. */
export async function networkOrImage(request: Request, config: WorkerConfig): Promise<Response> {
  const fetching = fetch(request)
  const stored = (): Promise<Response | undefined> => withDeadline(storedImage(request.url, config), CACHE_MS)
  return fetching.catch(async () => (await stored().catch(() => undefined)) ?? fetching)
}

async function storedImage(url: string, { buildId }: WorkerConfig): Promise<Response | undefined> {
  const cache = await caches.open(assetCacheName(buildId))
  const [wanted, keys] = [sourceOf(url), await cache.keys()]
  const same = keys.find((key) => sourceOf(key.url) === wanted)
  return same && cache.match(same, { ignoreVary: true })
}

/** The file that a picture was made from. A drawing is its own source. */
function sourceOf(url: string): string {
  const { pathname, searchParams } = new URL(url)
  return searchParams.get('url') ?? pathname
}

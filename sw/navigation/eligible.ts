// Which requests the worker may answer from a record, decided before anything is awaited: where it returns undefined, the
// worker does not call respondWith and the browser goes on as if there were no worker. Pure; called by routes.ts.

import type { RecordKey } from '../../protocol/record.ts'
import { canonicalPath, matchRoute, type Mode, type RouteTable } from '../../protocol/route-match.ts'
import type { WorkerConfig } from '../../protocol/worker-config.ts'

/** A navigation that a record may answer: the keys to look under, the most specific first. */
export type Navigation = {
  readonly url: URL
  readonly keys: readonly [RecordKey, ...RecordKey[]]
  readonly mode: Exclude<Mode, 'off'>
}

/** What is asked of a request; a structural part of `Request`, so that the rule can be tested by value. */
export type RequestTraits = {
  readonly method: string
  readonly mode: string
  readonly destination: string
  readonly cache: string
  readonly url: string
  readonly referrer: string
  readonly headers: { readonly has: (name: string) => boolean }
}

export function toNavigation(
  request: RequestTraits,
  url: URL,
  config: WorkerConfig,
  table: RouteTable,
): Navigation | undefined {
  return isPlainNavigation(request) ? findKeys(url, config, table) : undefined
}

/** Where a URL's records are looked up, whoever asks for it. */
export function findKeys(url: URL, config: WorkerConfig, table: RouteTable): Navigation | undefined {
  const pathname = withoutBasePath(url.pathname, config.basePath)
  if (pathname === undefined || !hasTrailingSlashOf(pathname, config.trailingSlash)) return undefined
  const path = canonicalPath(pathname)
  const route = path === undefined ? undefined : matchRoute(table, path)
  if (path === undefined || route === undefined || route.mode === 'off') return undefined
  return { url, keys: route.pattern === path ? [path] : [path, route.pattern], mode: route.mode }
}

/**
 * A reload arrives with another cache mode (`no-cache`) and back or forward with `force-cache`: both are the network's, so
 * that the one reload of a recovery tail can never meet a shell again. WebKit's reload has no mode of its own, but the page
 * for its referrer (WebKitGTK 2.50), unless the app's policy hides it (reloads.ts). A frame is another page's guest.
 */
function isPlainNavigation(request: RequestTraits): boolean {
  const { method, mode, destination, cache, headers, url, referrer } = request
  return (
    method === 'GET' &&
    mode === 'navigate' &&
    destination === 'document' &&
    cache === 'default' &&
    withoutFragment(referrer) !== withoutFragment(url) &&
    !headers.has('range')
  )
}

function withoutFragment(url: string): string {
  return url.replace(/#.*/, '')
}

function withoutBasePath(pathname: string, basePath: string): string | undefined {
  if (pathname === basePath) return '/'
  return pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : undefined
}

/** The other form of a path is one that Next redirects. */
function hasTrailingSlashOf(pathname: string, trailingSlash: boolean): boolean {
  return pathname === '/' || pathname.endsWith('/') === trailingSlash
}

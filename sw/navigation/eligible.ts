// Decides which navigations the worker answers, before anything is awaited. If these functions return undefined or false, the worker does
// not call respondWith and the browser continues as if there were no worker. Pure.

import type { RecordKey } from '../../protocol/record/record.ts'
import { canonicalPath, ELSEWHERE, matchRoute, type Mode, type RouteTable } from '../../protocol/build/route-match.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { withoutFragment } from '../util/address.ts'

/** A navigation that a record may answer: the keys to look under, the most specific first. */
export type Navigation = {
  readonly url: URL
  readonly keys: readonly [RecordKey, ...RecordKey[]]
  readonly mode: Exclude<Mode, 'off'>
  /** The visitor already has the page and wants the network's. A record is used only if the network has failed. */
  readonly isRepeat: boolean
}

/** The properties of a request that decide: a structural part of `Request`, so that tests can pass plain values. */
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
  const page = isNavigation(request) ? findKeys(url, config, table) : undefined
  return page && { ...page, isRepeat: isRepeat(request) }
}

/** Whether the request may be for a page without a record. Without a network its visitor gets the offline page. */
export function mayBePage(request: RequestTraits, url: URL, config: WorkerConfig, table: RouteTable): boolean {
  const pathname = withoutBasePath(url.pathname, config.basePath)
  if (pathname === undefined || isFile(pathname) || !isNavigation(request)) return false
  // A path that no record can have (`%2F`, a broken escape) may still be a page's path.
  const path = canonicalPath(pathname)
  const route = path === undefined ? undefined : matchRoute(table, path)
  // An address that the row for other addresses excludes is still a page, though its mode is off.
  return route?.mode !== 'off' || route.pattern === ELSEWHERE
}

/** The keys under which a URL's records are stored, for any kind of request. */
export function findKeys(url: URL, config: WorkerConfig, table: RouteTable): Omit<Navigation, 'isRepeat'> | undefined {
  const pathname = withoutBasePath(url.pathname, config.basePath)
  if (pathname === undefined || !hasTrailingSlashOf(pathname, config.trailingSlash)) return undefined
  const path = canonicalPath(pathname)
  const route = path === undefined ? undefined : matchRoute(table, path)
  if (path === undefined || route === undefined || route.mode === 'off') return undefined
  if (route.pattern === ELSEWHERE && isFile(pathname)) return undefined
  return { url, keys: route.pattern === path ? [path] : [path, route.pattern], mode: route.mode }
}

/** Files are downloads, and Next's own resources are not pages. */
function isFile(pathname: string): boolean {
  return /^\/_next\/|\.[^/]*$/.test(pathname)
}

/** Not for a frame, which is part of another page. */
function isNavigation({ method, mode, destination, headers }: RequestTraits): boolean {
  return method === 'GET' && mode === 'navigate' && destination === 'document' && !headers.has('range')
}

/**
 * A reload arrives with a cache mode that asks the network (`no-cache`) and gets the network's page, so that the one reload of a recovery
 * tail can never get a shell again. Back and forward (`force-cache`) take whatever is stored, as they do without a worker: a page with
 * holes is `no-store`, so only the shell is. WebKit's reload has no cache mode of its own, but the page itself as its referrer
 * (WebKitGTK 2.50), unless the app's policy hides the referrer (reloads.ts).
 */
function isRepeat({ cache, referrer, url }: RequestTraits): boolean {
  if (cache === 'force-cache') return false
  return cache !== 'default' || withoutFragment(referrer) === withoutFragment(url)
}

function withoutBasePath(pathname: string, basePath: string): string | undefined {
  if (pathname === basePath) return '/'
  return pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : undefined
}

/** Next redirects the other form of a path. */
function hasTrailingSlashOf(pathname: string, trailingSlash: boolean): boolean {
  return pathname === '/' || pathname.endsWith('/') === trailingSlash
}

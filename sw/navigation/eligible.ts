// Which navigations are the worker's, decided before anything is awaited: where these return undefined or false, the worker does not call
// respondWith and the browser goes on as if there were no worker. Pure.

import type { RecordKey } from '../../protocol/record/record.ts'
import { canonicalPath, ELSEWHERE, matchRoute, type Mode, type RouteTable } from '../../protocol/build/route-match.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { withoutFragment } from '../util/address.ts'

/** A navigation that a record may answer: the keys to look under, the most specific first. */
export type Navigation = {
  readonly url: URL
  readonly keys: readonly [RecordKey, ...RecordKey[]]
  readonly mode: Exclude<Mode, 'off'>
  /** The visitor has the page already: the network's is wanted, and a record only where there is none. */
  readonly isRepeat: boolean
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
  const page = isNavigation(request) ? findKeys(url, config, table) : undefined
  return page && { ...page, isRepeat: isRepeat(request) }
}

/** Where a page may be that has no record: without a network its visitor gets the offline page. */
export function mayBePage(request: RequestTraits, url: URL, config: WorkerConfig, table: RouteTable): boolean {
  const pathname = withoutBasePath(url.pathname, config.basePath)
  if (pathname === undefined || isFile(pathname) || !isNavigation(request)) return false
  // A path that no record can have (`%2F`, a broken escape) may be a page's all the same.
  const path = canonicalPath(pathname)
  const route = path === undefined ? undefined : matchRoute(table, path)
  // What the row for other addresses leaves out is a page that is off.
  return route?.mode !== 'off' || route.pattern === ELSEWHERE
}

/** Where a URL's records are looked up, no matter who asks for it. */
export function findKeys(url: URL, config: WorkerConfig, table: RouteTable): Omit<Navigation, 'isRepeat'> | undefined {
  const pathname = withoutBasePath(url.pathname, config.basePath)
  if (pathname === undefined || !hasTrailingSlashOf(pathname, config.trailingSlash)) return undefined
  const path = canonicalPath(pathname)
  const route = path === undefined ? undefined : matchRoute(table, path)
  if (path === undefined || route === undefined || route.mode === 'off') return undefined
  if (route.pattern === ELSEWHERE && isFile(pathname)) return undefined
  return { url, keys: route.pattern === path ? [path] : [path, route.pattern], mode: route.mode }
}

/** A file is downloaded; what Next serves of its own is no page. */
function isFile(pathname: string): boolean {
  return /^\/_next\/|\.[^/]*$/.test(pathname)
}

/** A frame is another page's guest. */
function isNavigation({ method, mode, destination, headers }: RequestTraits): boolean {
  return method === 'GET' && mode === 'navigate' && destination === 'document' && !headers.has('range')
}

/**
 * A reload arrives with a cache mode that asks the network (`no-cache`), and is the network's, so that the one reload of a recovery tail
 * can never meet a shell again. Back and forward (`force-cache`) take whatever is there, as they do without us: a page with holes is
 * `no-store`, so nothing else is. WebKit's reload has no mode of its own, but the page for its referrer (WebKitGTK 2.50), unless the
 * app's policy hides it (reloads.ts).
 */
function isRepeat({ cache, referrer, url }: RequestTraits): boolean {
  if (cache === 'force-cache') return false
  return cache !== 'default' || withoutFragment(referrer) === withoutFragment(url)
}

function withoutBasePath(pathname: string, basePath: string): string | undefined {
  if (pathname === basePath) return '/'
  return pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : undefined
}

/** The other form of a path is one that Next redirects. */
function hasTrailingSlashOf(pathname: string, trailingSlash: boolean): boolean {
  return pathname === '/' || pathname.endsWith('/') === trailingSlash
}

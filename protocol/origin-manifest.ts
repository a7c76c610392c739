// What the adapter leaves on the server's disk for the origin: which records this build made, which entrypoint renders
// each route, which paths a proxy guards. Lies below `<distDir>/server/`, which no server publishes.

import { asDigest, type Digest } from './digest.ts'
import { isArrayOf, isObject, isString } from './json-shape.ts'
import type { RecordKey } from './record.ts'
import type { Mode, RouteEntry } from './route-match.ts'

export const ORIGIN_MANIFEST_VERSION = 1

export type OriginRecord = {
  readonly key: RecordKey
  /** The pattern of the route that renders it. */
  readonly route: string
  readonly digest: Digest
  /** The record's frame, relative to the folder of the manifest. */
  readonly file: string
}

/** What renders the paths that a pattern of the table answers. */
export type OriginEntrypoint = {
  readonly pattern: string
  /** The app's own route; it differs from `pattern` for a concrete page and for an intermediate shell. */
  readonly route: string
  /** Next's entrypoint, relative to `<distDir>`. */
  readonly file: string
}

export type OriginManifest = {
  readonly version: typeof ORIGIN_MANIFEST_VERSION
  readonly buildId: string
  readonly basePath: string
  readonly trailingSlash: boolean
  /** Next's `compress`: whether the origin compresses a resume as Next would compress the document. */
  readonly compress: boolean
  /** Where the seal's key comes from: the environment, or the file beside this manifest. */
  readonly key: 'SHELL_CACHE_SECRET' | 'file'
  readonly routes: readonly RouteEntry[]
  readonly entrypoints: readonly OriginEntrypoint[]
  /** Sources of the regular expressions that a proxy matches, without their conditions: those hold secrets. */
  readonly proxyPaths: readonly string[]
  readonly records: readonly OriginRecord[]
}

export type ParsedOriginManifest =
  | { readonly ok: true; readonly manifest: OriginManifest }
  | { readonly ok: false; readonly reason: string }

export function parseOriginManifest(value: unknown): ParsedOriginManifest {
  if (!isObject(value)) return { ok: false, reason: 'is not a JSON object' }
  const { version, buildId, basePath, trailingSlash, compress, key } = value
  const { routes, entrypoints, proxyPaths, records } = value
  if (version !== ORIGIN_MANIFEST_VERSION) return { ok: false, reason: `has version ${String(version)}` }
  if (!isString(buildId) || !isString(basePath)) return { ok: false, reason: 'names no build' }
  if (typeof trailingSlash !== 'boolean' || typeof compress !== 'boolean')
    return { ok: false, reason: 'lacks a switch' }
  if (key !== 'SHELL_CACHE_SECRET' && key !== 'file') return { ok: false, reason: 'names no key' }
  if (!isArrayOf(routes, isRouteEntry) || !isArrayOf(entrypoints, isEntrypoint))
    return { ok: false, reason: 'has a route that does not read' }
  if (!isArrayOf(proxyPaths, isString) || !isArrayOf(records, isOriginRecord))
    return { ok: false, reason: 'has a record that does not read' }
  return {
    ok: true,
    manifest: { version, buildId, basePath, trailingSlash, compress, key, routes, entrypoints, proxyPaths, records },
  }
}

function isRouteEntry(value: unknown): value is RouteEntry {
  return isObject(value) && isString(value['pattern']) && isMode(value['mode'])
}

function isMode(value: unknown): value is Mode {
  return value === 'instant' || value === 'gated' || value === 'off'
}

function isEntrypoint(value: unknown): value is OriginEntrypoint {
  return isObject(value) && isString(value['pattern']) && isString(value['route']) && isString(value['file'])
}

function isOriginRecord(value: unknown): value is OriginRecord {
  if (!isObject(value)) return false
  const { key, route, digest, file } = value
  return isString(key) && isString(route) && asDigest(digest) !== undefined && isString(file)
}

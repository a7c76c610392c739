// What the adapter leaves on the server's disk for the origin: which records this build made, which route answers which path,
// which requests Next serves from no shell. Lies below `<distDir>/server/`, which no server publishes.

import { asDigest, type Digest } from './digest.ts'
import { isArrayOf, isCount, isObject, isString } from './json-shape.ts'
import type { RecordKey } from './record.ts'
import type { Mode, RouteEntry } from './route-match.ts'

export const ORIGIN_MANIFEST_VERSION = 3

export type OriginRecord = {
  readonly key: RecordKey
  /** The pattern of the route that renders it. */
  readonly route: string
  readonly digest: Digest
  /** The record's frame, relative to the folder of the manifest. */
  readonly file: string
  /** What Next revalidates it by, in clear: only the server reads this. */
  readonly tags: readonly string[]
}

/** `route` is the app's own; it differs from `pattern` for a concrete page and for an intermediate shell. */
export type OriginRoute = RouteEntry & {
  readonly route: string
  /** Of a route that is off: no rule of the app leads any request of it elsewhere. */
  readonly isFinal?: boolean | undefined
}

/** A header that takes a request past every shell. `value` is a regular expression for the whole value, as Next has it. */
export type BypassRule = { readonly header: string; readonly value: string | undefined }

export type OriginManifest = {
  readonly version: typeof ORIGIN_MANIFEST_VERSION
  readonly buildId: string
  /** When the build began, in milliseconds since the epoch: nothing in its records is older than its first read. */
  readonly builtAt: number
  readonly basePath: string
  /** The app has a `cacheHandler` of its own for its pages. */
  readonly hasOwnPageCache?: boolean | undefined
  /** Where the seal's key comes from: the environment, or the file beside this manifest. */
  readonly key: 'SHELL_CACHE_SECRET' | 'file'
  readonly routes: readonly OriginRoute[]
  readonly bypassFor: readonly BypassRule[]
  /** Bytes of the largest body of a server action that may come behind a state; undefined where none may. */
  readonly actionBytes?: number | undefined
  readonly records: readonly OriginRecord[]
}

export type ParsedOriginManifest =
  | { readonly ok: true; readonly manifest: OriginManifest }
  | { readonly ok: false; readonly reason: string }

export function parseOriginManifest(value: unknown): ParsedOriginManifest {
  if (!isObject(value)) return declined('is not a JSON object')
  const { version, buildId, builtAt, basePath, hasOwnPageCache, key, routes, bypassFor, actionBytes, records } = value
  if (version !== ORIGIN_MANIFEST_VERSION) return declined(`has version ${String(version)}`)
  if (!isString(buildId) || !isString(basePath) || !isCount(builtAt)) return declined('names no build')
  if (hasOwnPageCache !== undefined && typeof hasOwnPageCache !== 'boolean') return declined('names no cache')
  if (key !== 'SHELL_CACHE_SECRET' && key !== 'file') return declined('names no key')
  if (!isArrayOf(routes, isOriginRoute)) return declined('has a route that does not read')
  if (!isArrayOf(bypassFor, isBypassRule)) return declined('has a rule that does not read')
  if (actionBytes !== undefined && !isCount(actionBytes)) return declined('has a limit that does not read')
  if (!isArrayOf(records, isOriginRecord)) return declined('has a record that does not read')
  const build = { buildId, builtAt, basePath, hasOwnPageCache }
  return { ok: true, manifest: { version, ...build, key, routes, bypassFor, actionBytes, records } }
}

function declined(reason: string): ParsedOriginManifest {
  return { ok: false, reason }
}

function isOriginRoute(value: unknown): value is OriginRoute {
  if (!isObject(value)) return false
  const { pattern, mode, route, isFinal, except } = value
  return (
    isString(pattern) &&
    isMode(mode) &&
    isString(route) &&
    (isFinal === undefined || typeof isFinal === 'boolean') &&
    (except === undefined || isArrayOf(except, isString))
  )
}

function isMode(value: unknown): value is Mode {
  return value === 'instant' || value === 'gated' || value === 'off'
}

function isBypassRule(value: unknown): value is BypassRule {
  return isObject(value) && isString(value['header']) && (value['value'] === undefined || isString(value['value']))
}

function isOriginRecord(value: unknown): value is OriginRecord {
  if (!isObject(value)) return false
  const { key, route, digest, file, tags } = value
  return (
    isString(key) && isString(route) && asDigest(digest) !== undefined && isString(file) && isArrayOf(tags, isString)
  )
}

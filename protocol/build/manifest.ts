// The public manifest of a build: which records are in static files, and what else each of them needs. Written by the adapter, read by
// the worker's install. It holds nothing of Next's `routing` or `config`: those carry the app's secrets.

import { asDigest, type Digest } from '../digest.ts'
import { isArrayOf, isCount, isObject, isString, type JsonObject } from '../json-shape.ts'
import type { RecordKey } from '../record/record.ts'

export const MANIFEST_VERSION = 1

export type ManifestEntry = {
  readonly key: RecordKey
  readonly digest: Digest
  /** The record's frame, as a path on this origin. */
  readonly url: string
  /** Length of the frame. */
  readonly bytes: number
  /** Compressed bytes of its download, with those of its assets that neither every page nor an earlier entry has. */
  readonly cost: number
  /** The fewest bytes that a visit to the page takes: its shell, compressed, and what the shell loads. Holes and pictures come on top. */
  readonly weight: number
  /** Of a route with parameters: there may be any number of such entries. */
  readonly hasParams: boolean
  /** Scripts, styles and fonts of the shell, as indices into {@link Manifest.assets}. */
  readonly assets: readonly number[]
}

export type Manifest = {
  readonly version: typeof MANIFEST_VERSION
  readonly buildId: string
  /** In the order in which a browser that has none of them should get them. */
  readonly entries: readonly ManifestEntry[]
  /** Paths on this origin, or URLs below Next's `assetPrefix` on another; each once. */
  readonly assets: readonly string[]
  /** The same for files that no shell refers to and a page may load later. */
  readonly lazy: readonly string[]
  /**
   * SHA-256 of these files, by URL, as the build has written them. Any script of the origin can write to a browser's cache: what is in
   * there is no copy of a file unless it has this hash.
   */
  readonly hashes: JsonObject
  /** The {@link ManifestEntry.weight} of a page that has no entry: what every page has. */
  readonly weight: number
  /** Paths of pictures, one size of each. */
  readonly images: readonly string[]
}

export type ParsedManifest =
  | { readonly ok: true; readonly manifest: Manifest }
  | { readonly ok: false; readonly reason: string }

/** A manifest from outside. A newer version is declined: a worker of that version is on its way. */
export function parseManifest(value: unknown): ParsedManifest {
  if (!isObject(value)) return declined('is not a JSON object')
  const { version, buildId, entries, assets, lazy, hashes, weight, images } = value
  if (version !== MANIFEST_VERSION)
    return declined(`has version ${String(version)}, this worker reads ${MANIFEST_VERSION}`)
  if (!isString(buildId) || !isArrayOf(assets, isAsset) || !isArrayOf(lazy, isAsset) || !isArrayOf(images, isPath))
    return declined('names no build or no assets')
  if (!isObject(hashes)) return declined('has no hashes')
  if (!isCount(weight)) return declined('does not say what a page weighs')
  if (!isArrayOf(entries, isEntry)) return declined('has an entry that does not read')
  if (entries.some((entry) => entry.assets.some((at) => at >= assets.length)))
    return declined('refers to an asset that it does not list')
  return { ok: true, manifest: { version, buildId, entries, assets, lazy, hashes, weight, images } }
}

function declined(reason: string): ParsedManifest {
  return { ok: false, reason }
}

/** A path on this origin, never on another one (`//host` would be). */
function isPath(value: unknown): value is string {
  return isString(value) && /^\/(?!\/)/.test(value)
}

function isAsset(value: unknown): value is string {
  return isPath(value) || (isString(value) && /^(https?:)?\/\//.test(value))
}

function isEntry(value: unknown): value is ManifestEntry {
  if (!isObject(value)) return false
  const { key, digest, url, bytes, cost, weight, hasParams, assets } = value
  return (
    isPath(key) &&
    asDigest(digest) !== undefined &&
    isPath(url) &&
    isCount(bytes) &&
    isCount(cost) &&
    isCount(weight) &&
    typeof hasParams === 'boolean' &&
    isArrayOf(assets, isCount)
  )
}

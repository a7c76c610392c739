// Makes the manifest for the worker's install: the records, the files that they need, and how many bytes each takes to download.

import { gzipSync } from 'node:zlib'

import { type Manifest, MANIFEST_VERSION } from '../../protocol/build/manifest.ts'
import type { ShellRecord, WholeRecord } from '../../protocol/record/record.ts'
import { isDynamic } from '../../protocol/build/route-match.ts'
import { srcOf } from '../../protocol/flight/bootstrap-script.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import { hashOf } from '../../seal/hash.ts'
import { publicUrl } from '../../protocol/wire.ts'
import type { Script } from '../browser-scripts.ts'
import { type BuildContext, staticUrlsOf } from '../build-context.ts'
import type { Settings } from '../config/options.ts'
import type { Sum } from '../report/build-report.ts'
import { assetsOf, loadedBy, readAssetFile } from './assets/assets.ts'
import { hashesOf } from './assets/hashes.ts'
import { imagesOf } from './assets/images.ts'
import { lazyAssetsOf } from './assets/lazy-assets.ts'

export type Framed = WholeRecord & { readonly frame: Uint8Array }

/** Each image costs Next an optimization, and each new browser a download. */
const MOST_IMAGES = 100

/** The scripts of this package for pages. */
export type Brought = {
  /** URL of the script that the worker sends with shells; '' if it sends none. */
  readonly watchUrl: string
  /** URL of the script that shows a copy's holes; '' if there is none. */
  readonly staleUrl: string
  readonly files: readonly Script[]
}

export async function toManifest(
  framed: readonly Framed[],
  settings: Settings,
  { buildId, distDir, config }: BuildContext,
  { watchUrl, staleUrl, files }: Brought,
): Promise<Manifest> {
  const place = { distDir, staticUrls: staticUrlsOf(config) }
  const assets: string[] = []
  const indexOf = (url: string): number => {
    const known = assets.indexOf(url)
    return known === -1 ? assets.push(url) - 1 : known
  }
  const known = new Map<string, number>()
  const sizeOf = (url: string): number => {
    const size = known.get(url) ?? sentBytes(readAssetFile(url, place))
    known.set(url, size)
    return size
  }
  const described = framed.map(({ record, segments, frame }) => ({
    key: record.key,
    digest: record.digest,
    url: publicUrl(config.basePath, publicName(frame)),
    bytes: frame.length,
    sent: sentBytes(frame),
    document: sentBytes(record.shell),
    loaded: loadedBy(record.shell, place),
    hasParams: isDynamic(record.route),
    urls: [...assetsOf(record.shell, segments, place), ...scriptsOf(record, [watchUrl, staleUrl])],
  }))
  const loadedByAll = (described[0]?.loaded ?? []).filter((url) =>
    described.every(({ loaded }) => loaded.includes(url)),
  )
  const had = new Set(loadedByAll)
  const weightOf = (urls: readonly string[]): number => urls.reduce((sum, url) => sum + sizeOf(url) + HEADER_BYTES, 0)
  const entries = described
    .toSorted((a, b) => rankOf(a, settings) - rankOf(b, settings))
    .map(({ urls, loaded, document, sent, ...entry }) => {
      const cost = sent + HEADER_BYTES + weightOf(urls.filter((url) => !had.has(url)))
      for (const url of urls) had.add(url)
      const weight = document + HEADER_BYTES + weightOf(loaded)
      return { ...entry, cost, weight, assets: urls.map(indexOf) }
    })
  const others = { ...place, deploymentId: config.deploymentId, known: new Set(assets) }
  const lazy = await lazyAssetsOf({ ...others, limit: settings.maxLazyAssetBytes })
  // A script must not run from a cache that another script may have written. So all get a hash, also those that browsers do not keep.
  const all = [...assets, ...(await lazyAssetsOf({ ...others, limit: Infinity }))]
  const brought = files.map(({ name, content }) => [publicUrl(config.basePath, name), hashOf(toUtf8(content))])
  const images = framed.flatMap(({ record }) => imagesOf(record.shell, config.basePath))
  return {
    version: MANIFEST_VERSION,
    buildId,
    entries,
    assets,
    lazy,
    hashes: { ...(await hashesOf(all, place)), ...Object.fromEntries(brought) },
    weight: weightOf(loadedByAll),
    images: [...new Set(images)].slice(0, MOST_IMAGES),
  }
}

/** @param framed - The published records. */
export function sumOf(framed: readonly Framed[], settings: Settings): Sum {
  const ranked = framed
    .map(({ record: { key, route }, frame }) => ({ key, hasParams: isDynamic(route), bytes: frame.length }))
    .toSorted((a, b) => rankOf(a, settings) - rankOf(b, settings))
  let [records, bytes] = [0, 0]
  for (const one of ranked) {
    if (records >= settings.budget.records || bytes + one.bytes > settings.budget.bytes) continue
    records++
    bytes += one.bytes
  }
  return {
    records: framed.length,
    bytes: framed.reduce((all, { frame }) => all + frame.length, 0),
    sent: framed.reduce((all, { frame }) => all + sentBytes(frame), 0),
    over: framed.length - records,
  }
}

/** Of the headers of each download. */
const HEADER_BYTES = 500

/** The rank in a browser that has visited none of the pages (`worthOf` of sw/store/budget.ts). */
function rankOf(
  { key, hasParams }: { readonly key: string; readonly hasParams: boolean },
  { offline }: Settings,
): number {
  if (key === offline) return 0
  if (!hasParams) return 1
  return isDynamic(key) ? 2 : 3
}

const sizes = new WeakMap<Uint8Array, number>()

/** Bytes that its download takes. Compression does not shrink fonts and the like. */
function sentBytes(content: Uint8Array): number {
  const size = sizes.get(content) ?? Math.min(gzipSync(content).length, content.length)
  sizes.set(content, size)
  return size
}

/** Scripts that come with the shell of a page with holes: they watch over it, or start it without a network. */
function scriptsOf(record: ShellRecord, sent: readonly string[]): string[] {
  if (record.kind !== 'resuming') return []
  const { bootScript } = record
  return [...sent, bootScript === undefined ? '' : srcOf(bootScript)].filter(Boolean)
}

/** Hosts compress text, but not octet streams. The worker reads bytes in either case. */
export function publicName(frame: Uint8Array): string {
  return `${baseName(frame)}.txt`
}

/**
 * The file is cached for a year, so its name is a hash of all its content: the digest alone is the same for pages with equal shells, and
 * for a page that a deploy has not changed. A hash may begin with `-`, and programs that a deploy script calls would take it for an option.
 */
export function baseName(frame: Uint8Array): string {
  return `record.${hashOf(frame)}`
}

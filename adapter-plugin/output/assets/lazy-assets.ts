// Finds the scripts and styles that no shell refers to: code that pages load on demand. If a deploy removes them from the server, a
// page that is still open finds them only in the worker's cache.

import type { Dirent } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

import * as v from 'valibot'

import { parseJson } from '../../../protocol/json-shape.ts'
import type { Place } from './assets.ts'

type LazyAssets = Place & {
  /** Next appends it to the path of every asset (`?dpl=`). */
  readonly deploymentId: string | undefined
  /** URLs that shells already refer to. */
  readonly known: ReadonlySet<string>
  /** The most bytes that all of them may have together. */
  readonly limit: number
}

/** Their URLs, the smallest file first, up to the limit. */
export async function lazyAssetsOf({ distDir, staticUrls, deploymentId, known, limit }: LazyAssets): Promise<string[]> {
  const polyfills = await polyfillsOf(distDir)
  const query = deploymentId ? `?dpl=${deploymentId}` : ''
  const found = await filesOf(join(distDir, 'static', 'chunks'))
  const files = found
    .map(({ path, bytes }) => ({ bytes, file: path.slice(join(distDir, 'static').length + 1).replaceAll('\\', '/') }))
    .filter(({ file }) => !polyfills.has(`static/${file}`))
    .map(({ file, bytes }) => ({ url: `${staticUrls[0]}${file}${query}`, bytes }))
    .filter(({ url }) => !known.has(url))
    .toSorted((a, b) => a.bytes - b.bytes)
  let total = 0
  return files.filter(({ bytes }) => (total += bytes) <= limit).map(({ url }) => url)
}

async function filesOf(folder: string): Promise<{ readonly path: string; readonly bytes: number }[]> {
  const entries: Dirent[] = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile() && /\.(js|css)$/.test(entry.name))
  return Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name)
      return { path, bytes: (await stat(path)).size }
    }),
  )
}

/** The part of Next's build-manifest.json that is read. */
const BUILD_MANIFEST = v.object({ polyfillFiles: v.array(v.string()) })

/** Browsers that run workers do not load polyfills. */
async function polyfillsOf(distDir: string): Promise<ReadonlySet<string>> {
  const text = await readFile(join(distDir, 'build-manifest.json'), 'utf8').catch(() => '')
  const manifest = parseJson(text)
  return new Set(v.is(BUILD_MANIFEST, manifest) ? manifest.polyfillFiles : [])
}

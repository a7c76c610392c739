// Finds the scripts, styles and fonts that a shell, or a soft navigation to its page, needs.
//
// The shell does not show what else the resume will load (chunks of components inside the holes). Such a chunk comes from the network,
// as does the resume that names it.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Segments } from '../../../protocol/record/record.ts'
import { fromUtf8 } from '../../../protocol/utf8.ts'
import type { StaticUrls } from '../../build-context.ts'

export type Place = {
  /** Absolute. */
  readonly distDir: string
  readonly staticUrls: StaticUrls
}

/** The URLs of all these files, each once, in the order of the document. */
export function assetsOf(shell: Uint8Array, segments: Segments, place: Place): readonly string[] {
  const isOurs = (url: string): boolean => place.staticUrls.some((start) => url.startsWith(start))
  const loaded = loadedBy(shell, place)
  // A page may name a path that does not exist.
  const named = [...segments.values()].flatMap(namedIn).filter((url) => isOurs(url) && existsSync(fileOf(url, place)))
  const urls = [...loaded, ...named]
  const fonts = urls.filter((url) => /\.css(\?|$)/.test(url)).flatMap((url) => fontsOf(url, place))
  return [...new Set([...urls, ...fonts])]
}

/** Only the files that every visit of the page downloads, because its tags name them. Which fonts of a stylesheet it needs is not known. */
export function loadedBy(shell: Uint8Array, { staticUrls }: Place): readonly string[] {
  return [...new Set(tagsOf(fromUtf8(shell)))].filter((url) => staticUrls.some((start) => url.startsWith(start)))
}

/** Names in a payload that may be its client components, styles and fonts. */
function namedIn(payload: Uint8Array): string[] {
  const named = fromUtf8(payload).matchAll(/"([^"\\\s]+\.(?:js|css|woff2?|ttf|otf)(?:\?[^"\\\s]*)?)"/g)
  return [...named].map(([, url = '']) => url)
}

function tagsOf(html: string): string[] {
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? []
  return tags.flatMap((tag) => (isLoaded(tag) ? (attribute(tag, 'src') ?? attribute(tag, 'href') ?? []) : []))
}

/** Browsers that run workers skip `nomodule` scripts. A preload counts if it is for a kind of file that we keep. */
function isLoaded(tag: string): boolean {
  if (tag.startsWith('<script')) return !/\snomodule\b/i.test(tag)
  const rel = attribute(tag, 'rel')
  return rel === 'stylesheet' || (rel === 'preload' && /^(script|style|font)$/.test(attribute(tag, 'as') ?? ''))
}

/** An attribute of a tag as React writes it; its name in any case. */
export function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`, 'i').exec(tag)?.[1]?.replaceAll('&amp;', '&')
}

/** Fonts that a stylesheet of the build refers to; none if the stylesheet cannot be read. */
function fontsOf(cssUrl: string, place: Place): string[] {
  const [path = '', query] = cssUrl.split('?', 2)
  try {
    const css = readFileSync(fileOf(cssUrl, place), 'utf8')
    const fonts = [...css.matchAll(/url\(["']?([^"')]+\.(?:woff2?|ttf|otf))(?:\?[^"')]*)?["']?\)/g)]
    return fonts.map(([, font = '']) => withQuery(resolveUrl(font, path), query))
  } catch {
    return []
  }
}

/** Resolves as a browser does, except that a path stays a path, and a URL without a scheme gets none. */
function resolveUrl(url: string, base: string): string {
  return new URL(url, new URL(base, 'page://here')).href.replace(/^page:(\/\/here(?=\/))?/, '')
}

/** Empty if the file does not exist: this package's own files are written after this is called. */
export function readAssetFile(url: string, place: Place): Uint8Array {
  try {
    return readFileSync(fileOf(url, place))
  } catch {
    return new Uint8Array(0)
  }
}

/** The file of the build that a URL below its static files names. */
export function fileOf(url: string, { distDir, staticUrls }: Place): string {
  const [path = ''] = url.split('?', 1)
  const start = staticUrls.find((start) => path.startsWith(start)) ?? ''
  return join(distDir, 'static', path.slice(start.length))
}

/** Every asset URL carries the deployment id (`?dpl=`). */
function withQuery(path: string, query: string | undefined): string {
  return query === undefined ? path : `${path}?${query}`
}

// The scripts, styles and fonts that a shell, or a soft navigation to its page, cannot be shown without. Called by emit.ts.
//
// What the resume loads beyond them (chunks of components inside the holes) is not known from the shell; such a chunk comes
// from the network with the resume that names it.

import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

import type { Segments } from '../protocol/record.ts'
import { fromUtf8 } from '../protocol/utf8.ts'

const FOLDER = '/_next/static/'

/** Paths on this origin, each once, in the order of the document. @param distDir - Absolute. */
export function assetsOf(shell: Uint8Array, segments: Segments, distDir: string): readonly string[] {
  const loaded = tagsOf(fromUtf8(shell)).filter((url) => /^\/(?!\/)/.test(url) && url.includes(FOLDER))
  // A page may speak of a path that is nobody's.
  const named = [...segments.values()].flatMap(namedIn).filter((url) => existsSync(fileOf(url, distDir)))
  const urls = [...loaded, ...named]
  const fonts = urls.filter((url) => /\.css(\?|$)/.test(url)).flatMap((url) => fontsOf(url, distDir))
  return [...new Set([...urls, ...fonts])]
}

/** Paths that a payload names: its client components, styles and fonts. */
function namedIn(payload: Uint8Array): string[] {
  const named = fromUtf8(payload).matchAll(/"(\/[^"\\\s]*\/_next\/static\/[^"\\\s]+|\/_next\/static\/[^"\\\s]+)"/g)
  return [...named].flatMap(([, url]) =>
    url !== undefined && /\.(?:js|css|woff2?|ttf|otf)(?:\?|$)/.test(url) ? url : [],
  )
}

function tagsOf(html: string): string[] {
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? []
  return tags.flatMap((tag) => (isLoaded(tag) ? (attribute(tag, 'src') ?? attribute(tag, 'href') ?? []) : []))
}

/** Browsers that run workers skip `nomodule` scripts; a preload counts where it is for what we keep. */
function isLoaded(tag: string): boolean {
  if (tag.startsWith('<script')) return !/\snomodule\b/i.test(tag)
  const rel = attribute(tag, 'rel')
  return rel === 'stylesheet' || (rel === 'preload' && /^(script|style|font)$/.test(attribute(tag, 'as') ?? ''))
}

/** An attribute of a tag as React writes it; its name in any case. */
export function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`, 'i').exec(tag)?.[1]?.replaceAll('&amp;', '&')
}

/** Fonts that a stylesheet of the build refers to. A stylesheet that cannot be read has none. */
function fontsOf(cssUrl: string, distDir: string): string[] {
  const [path = '', query] = cssUrl.split('?', 2)
  try {
    const css = readFileSync(fileOf(cssUrl, distDir), 'utf8')
    const fonts = [...css.matchAll(/url\(["']?([^"')]+\.(?:woff2?|ttf|otf))(?:\?[^"')]*)?["']?\)/g)]
    return fonts.flatMap(([, font]) =>
      font === undefined ? [] : withQuery(posix.resolve(posix.dirname(path), font), query),
    )
  } catch {
    return []
  }
}

function fileOf(url: string, distDir: string): string {
  const [path = ''] = url.split('?', 1)
  return join(distDir, 'static', path.slice(path.indexOf(FOLDER) + FOLDER.length))
}

/** A deployment id travels with every asset (`?dpl=`). */
function withQuery(path: string, query: string | undefined): string {
  return query === undefined ? path : `${path}?${query}`
}

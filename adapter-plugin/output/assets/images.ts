// Chooses the `next/image` pictures of a shell that browsers store for use without a network: one size of each picture that Next
// optimizes, and drawings (SVG), which Next does not change. Only the browser knows which size it wants, so the worker shows the
// stored size instead of another one (sw/install/images.ts). Pure.

import { fromUtf8 } from '../../../protocol/utf8.ts'
import { attribute } from './assets.ts'

/** In pixels. Sharp on most phones, and a tenth of the largest size that Next makes. */
const WIDTH = 828

/** Paths on this origin, each once, in the order of the document. */
export function imagesOf(shell: Uint8Array, basePath: string): readonly string[] {
  const tags = fromUtf8(shell).match(/<(?:img|link)\b[^>]*>/g) ?? []
  const chosen = tags.flatMap((tag) => {
    const sizes = attribute(tag, tag.startsWith('<img') ? 'srcset' : 'imagesrcset')
    return sizes === undefined ? (tag.startsWith('<img') ? (attribute(tag, 'src') ?? []) : []) : middleOf(sizes)
  })
  return [...new Set(chosen.filter((url) => url.startsWith(`${basePath}/_next/image?`) || isDrawing(url)))]
}

function isDrawing(url: string): boolean {
  return /^\/(?!\/)[\w./~-]+\.svg(?:\?|$)/.test(url)
}

/** The paths of the drawings. The worker answers requests only for these, not for drawings of another app or router. */
export function drawingsOf(urls: readonly string[]): readonly string[] {
  return [...new Set(urls.filter(isDrawing).map((url) => url.replace(/\?.*/, '')))]
}

/** The smallest size that is large enough, or else the largest. With pixel ratios, the highest. */
function middleOf(sizes: string): string[] {
  const all = sizes.split(/,\s+/).map((size) => /^(\S+) (\d+)(w|x)$/.exec(size.trim()))
  const urls = all.flatMap((found) => (found ? [{ url: found[1] ?? '', size: Number(found[2]), unit: found[3] }] : []))
  const fitting = urls.find(({ size, unit }) => unit === 'w' && size >= WIDTH) ?? urls.at(-1)
  return fitting ? [fitting.url] : []
}

// The pictures of a shell that `next/image` makes, so that there is one without a network: one size of each that Next optimizes, and
// drawings (SVG), which it leaves as they are. Which size a browser wants is its own to say; the worker shows what it has in the
// place of another one (sw/install/images.ts). Pure.

import { fromUtf8 } from '../../../protocol/utf8.ts'
import { attribute } from './assets.ts'

/** Pixels: sharp on most phones, and a tenth of the largest that Next makes. */
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

/** The paths of the drawings among these: the worker answers for them, and for no other app's or router's. */
export function drawingsOf(urls: readonly string[]): readonly string[] {
  return [...new Set(urls.filter(isDrawing).map((url) => url.replace(/\?.*/, '')))]
}

/** The smallest of the given sizes that is large enough, or the largest; of pixel ratios the greatest. */
function middleOf(sizes: string): string[] {
  const all = sizes.split(/,\s+/).map((size) => /^(\S+) (\d+)(w|x)$/.exec(size.trim()))
  const urls = all.flatMap((found) => (found ? [{ url: found[1] ?? '', size: Number(found[2]), unit: found[3] }] : []))
  const fitting = urls.find(({ size, unit }) => unit === 'w' && size >= WIDTH) ?? urls.at(-1)
  return fitting ? [fitting.url] : []
}

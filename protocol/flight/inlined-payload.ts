// How Next writes a page's Flight payload into its document, piece by piece (`server/app-render/use-flight-response.js`), and what starts
// the page before it (`turbopack-bootstrap-script.js`). Pages get what is written here instead of Next's own bytes, so it must be the same
// to the byte. If it is not, nothing is found in a document, and nothing is sent early. Pure.

import type { Bootstrap } from './bootstrap-script.ts'

/** Comes before all pieces. */
export const PAYLOAD_START = '<script>(self.__next_f=self.__next_f||[]).push([0])</script>'
/** Around a piece: the text of a JSON string. */
export const PIECE_START = '<script>self.__next_f.push([1,"'
export const PIECE_END = '"])</script>'

/** The script that starts the page; '' if its shell does. */
export function bootstrapScript(bootstrap: Bootstrap | undefined): string {
  if (!bootstrap) return ''
  const list = `globalThis[${JSON.stringify(bootstrap.global)}]`
  return `<script>${escaped(`(${list} || (${list} = [])).push(${JSON.stringify(bootstrap.params)});`)}</script>`
}

/** A text in the form that it has in a piece. */
export function toPiece(text: string): string {
  return escaped(JSON.stringify(text).slice(1, -1))
}

/** `htmlEscapeJsonString` of `shared/lib/htmlescape.js`. */
function escaped(json: string): string {
  return json.replaceAll(
    /[&><\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

const PIECE = /<script>self\.__next_f\.push\(\[(\d),"((?:[^"\\]|\\.)*)"\]\)<\/script>/g

/**
 * The text of the pieces of a document, or of its end, one after the other, and everything before the first of them; undefined if a
 * piece is no text.
 */
export function readPieces(html: string): { readonly before: string; readonly text: string } | undefined {
  const start = html.indexOf(PAYLOAD_START)
  if (start === -1) return undefined
  const pieces = Array.from(html.slice(start).matchAll(PIECE))
  return pieces.every(([, kind]) => kind === '1')
    ? { before: html.slice(0, start), text: pieces.map(([, , text]) => text).join('') }
    : undefined
}

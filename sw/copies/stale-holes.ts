// Sends what a copy's holes showed to a page whose rest is slow. The page gets it as text that does nothing by itself, and a script of ours
// puts it where holes are still open (client/page-scripts/stale-holes.ts). React does not know about it, and replaces it with the rest.
//
//   must send nothing once the rest has begun;
//   must send nothing that runs or that the parser treats as part of the page, whatever the app has put into its HTML.

import { COPY_ATTRIBUTE } from '../../protocol/flight/bootstrap-script.ts'
import { fromUtf8, toUtf8 } from '../../protocol/utf8.ts'
import { withDeadline } from '../util/async.ts'
import { STALE_HOLES_MS } from '../util/timeouts.ts'

/** `seconds`: the time since the copy was kept. */
export type FoundCopy = { readonly rest: Uint8Array; readonly seconds: number }

/** @param find - The page's copy. Must not reject. */
export function meanwhile(
  find: () => Promise<FoundCopy | undefined>,
  staleUrl: string,
): (rest: Promise<unknown>) => Promise<Uint8Array | undefined> {
  return async (rest) => {
    try {
      await withDeadline(rest, STALE_HOLES_MS)
      return undefined
    } catch {
      const copy = await find()
      return copy && toUtf8(staleTag(copy, staleUrl))
    }
  }
}

function staleTag({ rest, seconds }: FoundCopy, staleUrl: string): string {
  const html = JSON.stringify(withoutPayload(fromUtf8(rest))).replaceAll('<', String.raw`\u003c`)
  return `<script src="${staleUrl}" ${COPY_ATTRIBUTE}="${seconds}">${html}</script>`
}

/** Keeps only the scripts that say which content belongs to which hole. The others are data, in which each quote is escaped. */
function withoutPayload(html: string): string {
  return html.replaceAll(/<script\b[^>]*>([^]*?)<\/script>/g, (script, text: string) =>
    /\$R[CRS]\("/.test(text) ? script : '',
  )
}

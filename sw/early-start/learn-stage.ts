// Finds the static stage of a page in the rest of its shell: what every visit to the URL gets, because nothing of it depends on a request.
// Next says how long it is: `l` in the root of the Flight payload (`staticStageByteLength` of `server/app-render/app-render.js`). If Next
// does not say so, or no row ends there, there is no stage. Pure.
//
//   must never treat what two visits have in common as static: it may contain a name that both had.

import { ROOT_ROW, type Row, rowsOf } from '../../protocol/flight/flight-rows.ts'
import { bootstrapScript, readPieces, toPiece } from '../../protocol/flight/inlined-payload.ts'
import { isObject, isString, parseJson } from '../../protocol/json-shape.ts'
import type { Bootstrap } from '../../protocol/flight/bootstrap-script.ts'
import { fromUtf8, toUtf8 } from '../../protocol/utf8.ts'

/**
 * The stage in the form that it has in a document: the text of a piece (inlined-payload.ts).
 *
 * @param rest - Everything that followed the shell. @param bootstrap - What starts the page; undefined if its shell does.
 */
export function stageIn(rest: Uint8Array, bootstrap: Bootstrap | undefined): Uint8Array<ArrayBuffer> | undefined {
  try {
    const pieces = readPieces(fromUtf8(rest))
    if (!pieces?.before.endsWith(bootstrapScript(bootstrap))) return undefined
    const payload = toUtf8(JSON.parse(`"${pieces.text}"`))
    const length = stageLength(payload)
    const stage = length === undefined ? undefined : toPiece(fromUtf8(payload.subarray(0, length)))
    return stage !== undefined && pieces.text.startsWith(stage) ? toUtf8(stage) : undefined
  } catch {
    return undefined
  }
}

/** In bytes. Undefined if Next does not say it, or not in the form that is understood here. */
function stageLength(payload: Uint8Array): number | undefined {
  const rows: Row[] = []
  for (const row of rowsOf(payload)) {
    if (!row) return undefined
    rows.push(row)
  }
  const lines = rows.flatMap((row) => (row.isLine ? [row.text] : []))
  const roots = lines.filter((line) => ROOT_ROW.test(line))
  const named = roots.length === 1 ? promisedIn(roots[0] ?? '') : undefined
  const said = named && lines.find((line) => line.startsWith(`${named}:`))
  const length = Number(said?.slice(`${named}:`.length))
  return endsWithRow(rows, length) ? length : undefined
}

/** The row that holds the length: `"l":"$@22"`. */
function promisedIn(root: string): string | undefined {
  const value = parseJson(root.slice('0:'.length))
  const promise = isObject(value) ? value['l'] : undefined
  return isString(promise) ? /^\$@([\da-f]+)$/.exec(promise)?.[1] : undefined
}

/** Whether this many bytes are whole rows, including the root. */
function endsWithRow(rows: readonly Row[], length: number): boolean {
  let at = 0
  let hasRoot = false
  for (const row of rows) {
    if (at >= length) break
    at += row.bytes.length
    hasRoot ||= row.isLine && ROOT_ROW.test(row.text)
  }
  return at === length && hasRoot
}

// Finds the static stage of a page in the rest of its shell: what every visit of the URL gets, because nothing of it depends on a request.
// Next says how long it is: `l` in the root of the Flight payload (`staticStageByteLength` of `server/app-render/app-render.js`). Where it
// does not, or where its rows do not end there, there is no stage. Pure.
//
//   must never take what two visits have in common for static: it may hold a name that both had.

import { ROOT_ROW, type Row, rowsOf } from '../../protocol/flight/flight-rows.ts'
import { bootstrapScript, readPieces, toPiece } from '../../protocol/flight/inlined-payload.ts'
import { isObject, isString, parseJson } from '../../protocol/json-shape.ts'
import type { Bootstrap } from '../../protocol/flight/bootstrap-script.ts'
import { fromUtf8, toUtf8 } from '../../protocol/utf8.ts'

/**
 * The stage in the form in which a document has it: the text of a piece (inlined-payload.ts).
 *
 * @param rest - All that has followed the shell. @param bootstrap - What starts the page; undefined where its shell does.
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

/** In bytes; undefined where Next does not say it, or not as it is understood here. */
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

/** Whether so many bytes are whole rows, the root's among them. */
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

// Turns the payload that a build prerenders with a shell (`/_full`) into one that React can hydrate the shell from: a route's payload gets
// the parameters of the requested path, and what only a resume completes is left out. Next does the same for fallbacks of its own
// (`createInitialRSCPayloadFromFallbackPrerender` of `client/flight-data-helpers.js`). Pure; used by the worker, and by the adapter to
// check whether this release of Next still writes what is understood here.

import { joined } from '../bytes.ts'
import { ROOT_ROW, rowsOf } from './flight-rows.ts'
import { isArrayOf, isObject, isString, parseJson } from '../json-shape.ts'
import { toUtf8 } from '../utf8.ts'

/** What a payload is requested for: the pattern or path of its record, the path in the same form, and the query of the URL. */
export type Asked = {
  readonly key: string
  readonly path: string
  readonly query: Iterable<readonly [name: string, value: string]>
}

/** Undefined if a parameter has no value in the path, or if this is not a payload as we know them. */
export function toInitialPayload(
  payload: Uint8Array,
  { key, path, query }: Asked,
): Uint8Array<ArrayBuffer> | undefined {
  const filled = fillParams(payload, key, path)
  let roots = 0
  const initial =
    filled &&
    mapLines(filled, (line) => {
      if (!ROOT_ROW.test(line)) return line
      roots++
      return toRoot(line, query)
    })
  return roots === 1 ? initial : undefined
}

/**
 * A route's payload with the parameters of a path instead of the placeholders that Next writes for unknown ones
 * (`%%drp:slug:55e784de8caa9%%`). Undefined if one is left.
 */
export function fillParams(payload: Uint8Array, pattern: string, path: string): Uint8Array<ArrayBuffer> | undefined {
  const values = paramsOf(pattern, path)
  return mapLines(payload, (line) => {
    let isFilled = true
    const filled = line.replaceAll(PLACEHOLDER, (_all, name: string) => {
      const value = values.get(name)
      isFilled &&= value !== undefined
      return value ?? ''
    })
    return isFilled ? filled : undefined
  })
}

const PLACEHOLDER = /%%drp:([^%]+):\w+%%/g
/** What Next itself takes from a prerendered root. The rest is about caching a response: where its static stage ends, and its lifetime. */
const KEPT = new Set(['P', 'b', 'c', 'f', 'G', 'h', 'i', 'm', 'q', 'S', 't'])

function toRoot(line: string, query: Asked['query']): string | undefined {
  const root = parseJson(line.slice(2))
  if (!isObject(root) || !isArrayOf(root['c'], isString) || !(isObject(root['t']) || Array.isArray(root['f'])))
    return undefined
  const kept = Object.entries({ ...root, q: renderedSearch(query) }).filter(([name]) => KEPT.has(name))
  return `0:${JSON.stringify(Object.fromEntries(kept))}\n`
}

/** As `normalizeRenderedSearch` of `client/route-params.js` writes it. */
function renderedSearch(query: Asked['query']): string {
  const pairs = Array.from(query, (pair) => pair.map(encodeURIComponent).join('='))
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

/** By name, as `parseDynamicParamFromURLPart` reads them from a path. */
function paramsOf(pattern: string, path: string): ReadonlyMap<string, string> {
  const parts = path.split('/').map(canonical)
  return new Map(
    pattern.split('/').flatMap((segment, at) => {
      const [, dots, name] = /^\[{1,2}(\.{3})?([^\]]+)\]{1,2}$/.exec(segment) ?? []
      const value = dots ? parts.slice(at).join('/') : parts[at]
      return name === undefined || value === undefined ? [] : [[name, value] as const]
    }),
  )
}

function canonical(part: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(part))
  } catch {
    return part
  }
}

/** Changes the rows that are lines; undefined if one cannot be changed, or if there is anything other than rows. */
function mapLines(
  payload: Uint8Array,
  change: (line: string) => string | undefined,
): Uint8Array<ArrayBuffer> | undefined {
  const rows: Uint8Array[] = []
  for (const row of rowsOf(payload)) {
    const changed = row?.isLine ? change(row.text) : row?.bytes
    if (changed === undefined) return undefined
    rows.push(typeof changed === 'string' ? toUtf8(changed) : changed)
  }
  return joined(rows)
}

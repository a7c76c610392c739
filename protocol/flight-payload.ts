// The payload that a build prerenders beside a shell (`/_full`), made into one that React can hydrate the shell from: a route's gets the
// parameters of the path that was asked for, and what only a resume completes is left out. Next does the same for fallbacks of its own
// (`createInitialRSCPayloadFromFallbackPrerender` of `client/flight-data-helpers.js`). Pure; used by the worker, and by the adapter to
// see whether this release of Next still writes what is understood here.

import { isArrayOf, isObject, isString, parseJson } from './json-shape.ts'
import { fromUtf8, toUtf8 } from './utf8.ts'

/** What a payload is asked for: the pattern or path of its record, the path in the same form, and the query of the URL. */
export type Asked = {
  readonly key: string
  readonly path: string
  readonly query: Iterable<readonly [name: string, value: string]>
}

/** Undefined where a parameter has no value in the path, or where it is no payload as we know them. */
export function toInitialPayload(
  payload: Uint8Array,
  { key, path, query }: Asked,
): Uint8Array<ArrayBuffer> | undefined {
  const filled = fillParams(payload, key, path)
  let roots = 0
  const initial =
    filled &&
    mapLines(filled, (line) => {
      if (!ROOT.test(line)) return line
      roots++
      return toRoot(line, query)
    })
  return roots === 1 ? initial : undefined
}

/**
 * A route's payload with the parameters of a path in the place of what Next writes where it does not know them
 * (`%%drp:slug:55e784de8caa9%%`). Undefined where one is left.
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
/** The row that the others hang from. */
const ROOT = /^0:\{/

/** What Next itself takes of a prerendered root. The rest says how to cache the answer that it is not: where its static stage ends, until when. */
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

/** The tags of rows that say how many bytes they have; every other row is a line (`processBinaryChunk` of `react-server-dom`). */
const WITH_LENGTH = new Set(Array.from('TAOobUSsLlGgMmV', (tag) => tag.charCodeAt(0)))
const [COLON, COMMA, NEWLINE] = [58, 44, 10]

/** Changes rows that are lines; undefined where one cannot be, or where there is something else than rows. */
function mapLines(
  payload: Uint8Array,
  change: (line: string) => string | undefined,
): Uint8Array<ArrayBuffer> | undefined {
  const rows: Uint8Array[] = []
  for (let at = 0; at < payload.length;) {
    const row = rowAt(payload, at)
    if (!row) return undefined
    const changed = row.isLine ? change(row.text) : row.bytes
    if (changed === undefined) return undefined
    rows.push(typeof changed === 'string' ? toUtf8(changed) : changed)
    at += row.bytes.length
  }
  return joined(rows)
}

type Row = { readonly bytes: Uint8Array } & (
  | { readonly isLine: true; readonly text: string }
  | { readonly isLine: false }
)

function rowAt(payload: Uint8Array, at: number): Row | undefined {
  const tagAt = payload.indexOf(COLON, at) + 1
  if (tagAt === 0) return undefined
  if (!WITH_LENGTH.has(payload[tagAt] ?? 0)) {
    const bytes = payload.subarray(at, payload.indexOf(NEWLINE, tagAt) + 1 || payload.length)
    const text = textOf(bytes)
    return text === undefined ? undefined : { bytes, isLine: true, text }
  }
  const start = payload.indexOf(COMMA, tagAt) + 1
  const end = start + Number.parseInt(textOf(payload.subarray(tagAt + 1, start - 1)) ?? '', 16)
  return start > 0 && end <= payload.length ? { bytes: payload.subarray(at, end), isLine: false } : undefined
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return fromUtf8(bytes)
  } catch {
    return undefined
  }
}

function joined(rows: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(rows.reduce((length, row) => length + row.length, 0))
  let at = 0
  for (const row of rows) {
    bytes.set(row, at)
    at += row.length
  }
  return bytes
}

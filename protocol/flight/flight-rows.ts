// The rows of React's Flight protocol (`processBinaryChunk` of `react-server-dom`): where each begins and ends. Pure.

import { fromUtf8 } from '../utf8.ts'

/** The row that the others hang from. */
export const ROOT_ROW: RegExp = /^0:\{/

/** The tags of rows that say how many bytes they have; every other row is a line. */
const WITH_LENGTH = new Set(Array.from('TAOobUSsLlGgMmV', (tag) => tag.charCodeAt(0)))
const [COLON, COMMA, NEWLINE] = [58, 44, 10]

/** One row; `text` is a line with its newline. */
export type Row = { readonly bytes: Uint8Array } & (
  | { readonly isLine: true; readonly text: string }
  | { readonly isLine: false }
)

/** The rows in order. If there is anything else, it yields undefined and ends. */
export function* rowsOf(payload: Uint8Array): Generator<Row | undefined, void> {
  for (let at = 0; at < payload.length;) {
    const row = rowAt(payload, at)
    yield row
    if (!row) return
    at += row.bytes.length
  }
}

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

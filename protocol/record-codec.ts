// One binary frame for a record wherever it lies or travels: on the server's disk, in static files, on the wire.
//
//   "NSC1" ‖ u32 (big endian) length of the head ‖ head (JSON, UTF-8) ‖ shell ‖ state
//
// Lengths are bytes, never characters. Must refuse whatever is cut short or too long: half a pair is no record.

import { asDigest } from './digest.ts'
import { isArrayOf, isCount, isObject, isString, type JsonObject, parseJson } from './json-shape.ts'
import type { HeaderList, Lifetime, ResumingRecord, ShellRecord, StaticRecord } from './record.ts'
import { fromUtf8, toUtf8 } from './utf8.ts'

const MAGIC = toUtf8('NSC1')
const HEAD_AT = MAGIC.length + 4

/** A decoded record, or what is wrong with the bytes. */
export type DecodedRecord =
  | { readonly ok: true; readonly record: ShellRecord }
  | { readonly ok: false; readonly reason: string }

export function encodeRecord(record: ShellRecord): Uint8Array<ArrayBuffer> {
  const state = record.kind === 'resuming' ? record.state : new Uint8Array(0)
  const head = toUtf8(
    JSON.stringify({ ...withoutBytes(record), shellBytes: record.shell.length, stateBytes: state.length }),
  )
  const frame = new Uint8Array(HEAD_AT + head.length + record.shell.length + state.length)
  frame.set(MAGIC, 0)
  new DataView(frame.buffer).setUint32(MAGIC.length, head.length)
  frame.set(head, HEAD_AT)
  frame.set(record.shell, HEAD_AT + head.length)
  frame.set(state, HEAD_AT + head.length + record.shell.length)
  return frame
}

function withoutBytes(record: ShellRecord): object {
  if (record.kind === 'static') {
    const { shell: _shell, ...head } = record
    return head
  }
  const { shell: _shell, state: _state, ...head } = record
  return head
}

export function decodeRecord(frame: Uint8Array<ArrayBuffer>): DecodedRecord {
  if (frame.length < HEAD_AT || !MAGIC.every((byte, at) => frame[at] === byte)) return declined('not a record')
  const bodyAt = HEAD_AT + new DataView(frame.buffer, frame.byteOffset).getUint32(MAGIC.length)
  if (bodyAt > frame.length) return declined('cut short')
  const head = readHead(frame.subarray(HEAD_AT, bodyAt))
  if (!head || !isCount(head['shellBytes']) || !isCount(head['stateBytes'])) return declined('unreadable head')
  const stateAt = bodyAt + head['shellBytes']
  if (stateAt + head['stateBytes'] !== frame.length) return declined('length differs from what its head says')
  const record = readRecord(head, frame.slice(bodyAt, stateAt), frame.slice(stateAt))
  return record ? { ok: true, record } : declined('incomplete head')
}

function declined(reason: string): DecodedRecord {
  return { ok: false, reason }
}

function readHead(bytes: Uint8Array): JsonObject | undefined {
  try {
    const head = parseJson(fromUtf8(bytes))
    return isObject(head) ? head : undefined
  } catch {
    return undefined
  }
}

function readRecord(
  head: JsonObject,
  shell: Uint8Array<ArrayBuffer>,
  state: Uint8Array<ArrayBuffer>,
): ShellRecord | undefined {
  const { buildId, key, route, status, headers, lifetime, tags, kind } = head
  const digest = asDigest(head['digest'])
  const shellHash = asDigest(head['shellHash'])
  if (!digest || !shellHash || !isString(buildId) || !isString(key) || !isString(route)) return undefined
  if (!isCount(status) || !isHeaderList(headers) || !isLifetime(lifetime)) return undefined
  if (!isArrayOf(tags, isString) || shell.length === 0) return undefined
  const named = { buildId, digest, shellHash, key, route, status, headers, tags }
  const base = { ...named, lifetime: readLifetime(lifetime), shell }
  if (kind === 'static' && state.length === 0) return { ...base, kind } satisfies StaticRecord
  const { resumeHeaders, stateForm } = head
  if (kind !== 'resuming' || state.length === 0 || !isHeaderList(resumeHeaders)) return undefined
  if (stateForm !== 'sealed' && stateForm !== 'raw') return undefined
  return { ...base, kind, stateForm, state, resumeHeaders } satisfies ResumingRecord
}

function isHeaderList(value: unknown): value is HeaderList {
  return isArrayOf(value, (pair): pair is [string, string] => isArrayOf(pair, isString) && pair.length === 2)
}

function isLifetime(value: unknown): value is Partial<Lifetime> {
  if (!isObject(value)) return false
  return [value['revalidate'], value['expire']].every((seconds) => seconds === undefined || isCount(seconds))
}

function readLifetime({ revalidate, expire }: Partial<Lifetime>): Lifetime {
  return { revalidate, expire }
}

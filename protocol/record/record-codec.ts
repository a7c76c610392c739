// The binary frame of a record, the same on the server's disk, in static files and on the wire.
//
//   "NSC2" ‖ u32 (big endian) length of the head ‖ head (JSON, UTF-8) ‖ shell ‖ state ‖ packed segments
//
// Lengths are bytes, never characters. Must refuse a frame that is too short or too long: half a pair is no record.

import { asDigest } from '../digest.ts'
import { joined } from '../bytes.ts'
import { isArrayOf, isCount, isObject, isString, type JsonObject, parseJson } from '../json-shape.ts'
import { packSegments } from './pack-segments.ts'
import { isLengths, isSteps, unpackSegments } from './packed-segments.ts'
import type {
  HeaderList,
  ReceivedRecord,
  Lifetime,
  ResumingRecord,
  Segments,
  ShellRecord,
  StaticRecord,
} from './record.ts'
import { fromUtf8, toUtf8 } from '../utf8.ts'

const MAGIC = toUtf8('NSC2')
const HEAD_AT = MAGIC.length + 4

/** A decoded record, or what is wrong with the bytes. */
export type DecodedRecord = ({ readonly ok: true } & ReceivedRecord) | { readonly ok: false; readonly reason: string }

const NO_SEGMENTS: Segments = new Map()

export function encodeRecord(record: ShellRecord, segments: Segments = NO_SEGMENTS): Uint8Array<ArrayBuffer> {
  const state = record.kind === 'resuming' ? record.state : new Uint8Array(0)
  const { lengths, steps, bytes } = packSegments(record.shell, segments)
  const head = toUtf8(
    JSON.stringify({
      ...withoutBytes(record),
      shellBytes: record.shell.length,
      stateBytes: state.length,
      segmentBytes: lengths,
      segmentSteps: steps,
    }),
  )
  const frame = joined([MAGIC, new Uint8Array(4), head, record.shell, state, bytes])
  new DataView(frame.buffer).setUint32(MAGIC.length, head.length)
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
  const { shellBytes, stateBytes, segmentBytes: lengths, segmentSteps: steps } = head ?? {}
  if (!head || !isCount(shellBytes) || !isCount(stateBytes) || !isLengths(lengths) || !isSteps(steps))
    return declined('unreadable head')
  const [stateAt, segmentsAt] = [bodyAt + shellBytes, bodyAt + shellBytes + stateBytes]
  const shell = frame.slice(bodyAt, stateAt)
  const packed = { lengths, steps, bytes: frame.slice(segmentsAt) }
  const segments = segmentsAt > frame.length ? undefined : unpackSegments(shell, packed)
  if (!segments) return declined('length differs from what its head says')
  const record = readRecord(head, shell, frame.slice(stateAt, segmentsAt))
  return record ? { ok: true, record, segments, packed } : declined('incomplete head')
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
  const { buildId, key, route, status, headers, lifetime, madeAt, tags, kind } = head
  const digest = asDigest(head['digest'])
  const shellHash = asDigest(head['shellHash'])
  if (!digest || !shellHash || !isString(buildId) || !isString(key) || !isString(route)) return undefined
  if (!isCount(status) || !isHeaderList(headers) || !isLifetime(lifetime)) return undefined
  if (madeAt !== undefined && !isCount(madeAt)) return undefined
  if (!isArrayOf(tags, isString) || shell.length === 0) return undefined
  const named = { buildId, digest, shellHash, key, route, status, headers, tags }
  const base = { ...named, lifetime: readLifetime(lifetime), ...(madeAt !== undefined && { madeAt }), shell }
  if (kind === 'static' && state.length === 0) return { ...base, kind } satisfies StaticRecord
  const { resumeHeaders, stateForm, bootScript } = head
  if (kind !== 'resuming' || state.length === 0 || !isHeaderList(resumeHeaders)) return undefined
  if (stateForm !== 'sealed' && stateForm !== 'raw') return undefined
  if (bootScript !== undefined && !isString(bootScript)) return undefined
  return { ...base, kind, stateForm, state, resumeHeaders, bootScript } satisfies ResumingRecord
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

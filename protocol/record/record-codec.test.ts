// Proves that a frame gives back the record that went in, and that no cut, stretched or incomplete frame becomes a record.

import fc from 'fast-check'
import { expect, it } from 'vitest'

import type { Digest } from '../digest.ts'
import { decodeRecord, encodeRecord } from './record-codec.ts'
import type { ShellRecord } from './record.ts'
import { toUtf8 } from '../utf8.ts'

const base = {
  buildId: 'build',
  digest: 'A'.repeat(43) as Digest,
  shellHash: 'B'.repeat(43) as Digest,
  key: '/products/ä',
  route: '/products/[slug]',
  status: 200,
  headers: [['content-type', 'text/html']],
  lifetime: { revalidate: 900, expire: undefined },
  madeAt: 1_700_000_000_000,
  tags: ['AAECAwQF'],
} as const

const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 })
const records: fc.Arbitrary<ShellRecord> = fc.oneof(
  bytes.map((shell) => ({ ...base, kind: 'static' as const, shell })),
  fc.tuple(bytes, bytes, fc.constantFrom('sealed' as const, 'raw' as const)).map(([shell, state, stateForm]) => ({
    ...base,
    kind: 'resuming' as const,
    stateForm,
    shell,
    state,
    resumeHeaders: [['next-resume', '1']] as const,
    bootScript: stateForm === 'raw' ? undefined : ' src="/start.js"',
  })),
)

const segmentLists = fc
  .dictionary(
    fc.string({ minLength: 1, maxLength: 12 }).map((name) => `/${name}`),
    bytes,
    { maxKeys: 4 },
  )
  .map((segments) => new Map(Object.entries(segments)))

it('gives back the record and the segments that went in', () => {
  fc.assert(
    fc.property(records, segmentLists, (record, segments) => {
      expect(decodeRecord(encodeRecord(record, segments))).toMatchObject({ ok: true, record, segments })
    }),
  )
})

it('reads a frame that lies in the middle of a larger buffer', () => {
  const frame = encodeRecord({ ...base, kind: 'static', shell: toUtf8('<html>') })
  const buffer = new Uint8Array(frame.length + 20)
  buffer.set(frame, 10)
  expect(decodeRecord(buffer.subarray(10, 10 + frame.length)).ok).toBe(true)
})

it('declines every frame that was cut or stretched', () => {
  fc.assert(
    fc.property(records, segmentLists, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (...given) => {
      const [record, segments, part] = given
      const frame = encodeRecord(record, segments)
      expect(decodeRecord(frame.slice(0, Math.floor(frame.length * part))).ok).toBe(false)
      expect(decodeRecord(new Uint8Array([...frame, 0])).ok).toBe(false)
    }),
  )
})

it.each([
  ['a resuming record without its state', { kind: 'resuming', stateBytes: 0, shellBytes: 6 }],
  ['a record of an unknown kind', { kind: 'other' }],
  ['an empty shell', { shellBytes: 0 }],
  ['a digest of another form', { digest: 'short' }],
  ['headers that are no pairs', { headers: [['a']] }],
  ['a lifetime that is no number', { lifetime: { expire: 'soon' } }],
  ['a time that is no number', { madeAt: 'now' }],
  ['a status that is no number', { status: '200' }],
  ['a segment whose name is no path', { segmentBytes: [['state', 0]] }],
  [
    'two segments of one name',
    {
      segmentBytes: [
        ['/_tree', 0],
        ['/_tree', 0],
      ],
    },
  ],
  ['a segment without a length', { segmentBytes: [['/_tree']] }],
  ['no word on its segments', { segmentBytes: undefined }],
  ['no word on how they are packed', { segmentSteps: undefined }],
  ['a step that is not one', { segmentSteps: [[0, 0]] }],
  ['a segment of what comes after it', { segmentBytes: [['/_tree', 4]], segmentSteps: [[0, 3, 4]] }],
  ['more of the shell than a segment has', { segmentBytes: [['/_tree', 4]], segmentSteps: [[0, 0, 5]] }],
  ['less of the shell than a segment has', { segmentBytes: [['/_tree', 4]], segmentSteps: [[0, 0, 3]] }],
  ['bytes that are not there', { segmentBytes: [['/_tree', 4]], segmentSteps: [[4, 0, 0]] }],
])('declines %s', (_name, change) => {
  const shell = toUtf8('<html>')
  const head = {
    ...base,
    kind: 'static',
    shellBytes: shell.length,
    stateBytes: 0,
    segmentBytes: [],
    segmentSteps: [],
    ...change,
  }
  const json = toUtf8(JSON.stringify(head))
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, json.length)
  const body = head.shellBytes === 0 ? new Uint8Array(0) : shell
  expect(decodeRecord(new Uint8Array([...toUtf8('NSC2'), ...length, ...json, ...body])).ok).toBe(false)
})

it.each([
  ['nothing', ''],
  ['another magic', 'NSC1aaaaaaaaa'],
  ['no JSON', 'NSC2\0\0\0\x02{}'],
])('declines %s', (_name, text) => {
  expect(decodeRecord(toUtf8(text)).ok).toBe(false)
})

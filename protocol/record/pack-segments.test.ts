// Proves that unpacked segments are the same to the byte, whatever they repeat, and that a record holds a stylesheet only once.

import fc from 'fast-check'
import { expect, it } from 'vitest'

import { toUtf8 } from '../utf8.ts'
import { packSegments } from './pack-segments.ts'
import { unpackSegments } from './packed-segments.ts'

const css = Array.from({ length: 900 }, (_none, at) => `.rule-${at}{margin:${at}px;color:hsl(${at * 7} 50% 50%)}`).join(
  '',
)

it('holds once what shell and segments repeat: a stylesheet', () => {
  const shell = toUtf8(`<html><style>${css}</style>a page`)
  const payload = toUtf8(
    `0:{"f":1}\n2:T${css.length.toString(16)},${css}3:["$","p"]\n4:T${css.length.toString(16)},${css}`,
  )
  const index = toUtf8(`1:T${css.length.toString(16)},${css}`)
  const segments = new Map([
    ['/_full', payload],
    ['/_index', index],
  ])
  const packed = packSegments(shell, segments)
  expect(payload.length + index.length).toBeGreaterThan(3 * css.length)
  expect(packed.bytes.length).toBeLessThan(100)
  expect(unpackSegments(shell, packed)).toEqual(segments)
})

it('leaves short repetitions to the host’s compression', () => {
  const packed = packSegments(toUtf8(css.slice(0, 500)), new Map([['/_full', toUtf8(css.slice(0, 500))]]))
  expect(packed).toMatchObject({ steps: [[500, 0, 0]], lengths: [['/_full', 500]] })
})

// Made of few pieces, so that they repeat each other; some repeat themselves.
const piece = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.constantFrom(css.slice(0, 700), css.slice(500, 3000), 'ab'.repeat(900), 'x'.repeat(1600)).map(toUtf8),
)
const text = fc.array(piece, { maxLength: 6 }).map((parts) => new Uint8Array(parts.flatMap((part) => [...part])))

it('gives back every byte of any shell’s segments', () => {
  fc.assert(
    fc.property(text, fc.dictionary(fc.constantFrom('/a', '/b', '/c'), text), (shell, named) => {
      const segments = new Map(Object.entries(named))
      expect(unpackSegments(shell, packSegments(shell, segments))).toEqual(segments)
    }),
    { numRuns: 300 },
  )
})

it('gives back nothing with the shell of another length', () => {
  const shell = toUtf8(css)
  const packed = packSegments(shell, new Map([['/_full', shell]]))
  expect(unpackSegments(shell.slice(1), packed)).toBeUndefined()
})

it('gives back nothing where a few steps ask for all memory', () => {
  const shell = toUtf8(css)
  const steps = Array.from({ length: 30 }, (_none, step) => [0, 0, shell.length * 2 ** step] as const)
  const lengths = [['/_full', shell.length * (2 ** steps.length - 1)]] as const
  expect(unpackSegments(shell, { lengths, steps, bytes: new Uint8Array(0) })).toBeUndefined()
})

// Proves that a seal opens only for its own build, key, route and digest, that it does not open if a byte was altered, and that nothing is
// inflated before the tag is verified (CVE-2025-59472). Also that its length reveals little about the state.

import { deflateRawSync, inflateRawSync } from 'node:zlib'

import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'

import { toDigest } from '../protocol/digest.ts'
import { PADDING_BLOCK, paddingOf } from './padding.ts'
import { openSeal, seal, type SealKeys, toSealKey } from './seal.ts'
import { KEY, sealFor } from './test-seal.ts'

// The real zlib, with its calls recorded.
vi.mock(import('node:zlib'), { spy: true })

const key: SealKeys = [toSealKey(KEY)]
const [digest, other] = [toDigest(new Uint8Array(32)), toDigest(new Uint8Array(32).fill(1))]
const binding = { basePath: '', buildId: 'build-1', key: '/p/a', route: '/p/[slug]', digest }
const MOST = 1_000_000

it('gives back any state', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (state) => {
      expect(openSeal(sealFor(binding, state), binding, key, MOST)).toEqual({ state, expiresAt: 0 })
    }),
  )
})

it('tells when the state gets too old', () => {
  expect(openSeal(sealFor(binding, 's', 1234), binding, key, MOST)).toEqual({ state: 's', expiresAt: 1234 })
})

it('declines a seal with any byte altered or cut', () => {
  const sealed = sealFor(binding, 'a state of some length')
  fc.assert(
    fc.property(fc.nat({ max: sealed.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const altered = sealed.map((byte, index) => (index === at ? byte ^ change : byte))
      expect(openSeal(altered, binding, key, MOST)).toBeUndefined()
      expect(openSeal(sealed.subarray(0, at), binding, key, MOST)).toBeUndefined()
    }),
    { numRuns: 400 },
  )
})

it.each([
  ['app', { ...binding, basePath: '/docs' }],
  ['build', { ...binding, buildId: 'other' }],
  ['key', { ...binding, key: '/p/b' }],
  ['route', { ...binding, route: '/q/[slug]' }],
  ['digest', { ...binding, digest: other }],
])('declines a seal for another %s', (_name, other) => {
  expect(openSeal(sealFor(binding, 'state'), other, key, MOST)).toBeUndefined()
})

it('declines a seal of another key', () => {
  expect(openSeal(sealFor(binding, 'state'), binding, [toSealKey('another secret')], MOST)).toBeUndefined()
})

it('opens with an old key what was sealed before a rotation', () => {
  const rotated: SealKeys = [toSealKey('the newest secret'), ...key]
  expect(openSeal(sealFor(binding, 'state'), binding, rotated, MOST)?.state).toBe('state')
})

it('inflates nothing of a seal whose tag does not verify', () => {
  const sealed = sealFor(binding, '', 0, deflateRawSync(Buffer.alloc(MOST + 1)))
  sealed.set([(sealed.at(-1) ?? 0) ^ 1], sealed.length - 1)
  vi.mocked(inflateRawSync).mockClear()
  expect(openSeal(sealed, binding, key, MOST)).toBeUndefined()
  expect(inflateRawSync).not.toHaveBeenCalled()
  openSeal(sealFor(binding, 'state'), binding, key, MOST)
  expect(inflateRawSync).toHaveBeenCalledOnce()
})

it('declines a state that inflates beyond the limit', () => {
  const bomb = deflateRawSync(Buffer.alloc(MOST + 1))
  expect(openSeal(sealFor(binding, '', 0, bomb), binding, key, MOST)).toBeUndefined()
})

describe('the length of a seal', () => {
  // All but the ciphertext: version, key id, expiry, nonce, tag.
  const AROUND = 1 + 8 + 8 + 12 + 16
  const lengthOf = (state: string) => seal(state, binding, 0, key[0]).length - AROUND

  it('is a whole number of blocks, more than the state by less than three, and the seal opens', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (state) => {
        const added = lengthOf(state) - deflateRawSync(state, { level: 9 }).length
        expect(lengthOf(state) % PADDING_BLOCK).toBe(0)
        expect(added).toBeGreaterThanOrEqual(0)
        expect(added).toBeLessThan(3 * PADDING_BLOCK)
        expect(openSeal(seal(state, binding, 0, key[0]), binding, key, MOST)).toEqual({ state, expiresAt: 0 })
      }),
    )
  })

  it('is the same each time for one state: asking again tells no more', () => {
    const lengths = Array.from({ length: 20 }, () => lengthOf('one state'))
    expect(new Set(lengths).size).toBe(1)
  })

  it('does not follow the state’s own length from one block to the next', () => {
    const bytes = Array.from({ length: 400 }, (_, at) => new Uint8Array(600).fill(at))
    const lengths = bytes.map((deflated) => deflated.length + paddingOf(deflated, key[0].paddingKey))
    expect(new Set(lengths)).toEqual(new Set([1024, 1536, 2048]))
  })

  it('cannot be foretold without the key', () => {
    const deflated = Array.from({ length: 100 }, (_, at) => new Uint8Array(600).fill(at))
    const under = (secret: string) => deflated.map((state) => paddingOf(state, toSealKey(secret).paddingKey))
    expect(under('one')).not.toEqual(under('another'))
  })
})

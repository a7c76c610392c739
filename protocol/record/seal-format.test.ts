// Proves the layout of the envelope. origin/answer/refusals.test.ts proves that a seal opens for its own shell alone.

import { expect, it } from 'vitest'

import type { Digest } from '../digest.ts'
import { additionalData, packEnvelope, SEAL_VERSION, unpackEnvelope } from './seal-format.ts'

const envelope = {
  keyId: new Uint8Array(8).fill(1),
  expiresAt: 1_800_000_000_000,
  nonce: new Uint8Array(12).fill(2),
  ciphertext: new Uint8Array(5).fill(3),
  tag: new Uint8Array(16).fill(4),
}

it('gives back the parts that went in', () => {
  expect(unpackEnvelope(packEnvelope(envelope))).toEqual(envelope)
})

it('declines another version and an envelope without content', () => {
  const sealed = packEnvelope(envelope)
  expect(unpackEnvelope(sealed.map((byte, at) => (at === 0 ? SEAL_VERSION + 1 : byte)))).toBeUndefined()
  expect(unpackEnvelope(packEnvelope({ ...envelope, ciphertext: new Uint8Array(0) }))).toBeUndefined()
  expect(unpackEnvelope(new Uint8Array(0))).toBeUndefined()
})

it('binds every field apart from its neighbours', () => {
  const digest = 'A'.repeat(43) as Digest
  const bindings = [
    { basePath: '', buildId: 'a', key: '/b', route: '/c', digest },
    { basePath: '/a', buildId: '', key: '/b', route: '/c', digest },
    { basePath: '', buildId: 'a"', key: '/b', route: '/c', digest },
    { basePath: '', buildId: 'a', key: '/b","/c', route: '', digest },
    { basePath: '', buildId: 'a', key: '/c', route: '/b', digest },
  ]
  const texts = bindings.map((binding) => new TextDecoder().decode(additionalData(binding, 0)))
  expect(new Set(texts).size).toBe(bindings.length)
})

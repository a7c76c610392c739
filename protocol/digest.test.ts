// Proves the digest's input and spelling against Node's own base64url. What is hashed with it is tested at both ends.

import { createHash } from 'node:crypto'

import fc from 'fast-check'
import { expect, it } from 'vitest'

import { asDigest, digestInput, toBase64Url, toDigest } from './digest.ts'

it('spells bytes as Node spells base64url', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
    }),
  )
})

it('puts one zero byte between shell and state', () => {
  expect(digestInput(new Uint8Array([1, 2]), new Uint8Array([3]))).toEqual(new Uint8Array([1, 2, 0, 3]))
})

it('declines a string that has not the form of a digest', () => {
  const digest = toDigest(createHash('sha256').update('x').digest())
  expect(asDigest(digest)).toBe(digest)
  for (const other of ['', digest.slice(1), `${digest}A`, digest.replace(/^./, '='), 7, undefined]) {
    expect(asDigest(other)).toBeUndefined()
  }
})

// The envelope of a sealed postponed state: what both ends must agree on to the byte. The crypto needs Node and is in seal/seal.ts.
//
//   version (1 byte) ‖ key id (8) ‖ expiry (8) ‖ nonce (12) ‖ AES-256-GCM ciphertext of the deflated state and zeros ‖ tag (16)
//
// The expiry (milliseconds since the epoch, big endian, 0 for never) is in clear text, but the tag covers it. The additional data binds
// a seal to the app, the build, the record's key and route, and the digest, which covers shell and state: a seal opens for the very
// shell that it was made with and for no other.

import type { Digest } from '../digest.ts'
import type { RecordKey } from './record.ts'
import { toUtf8 } from '../utf8.ts'

export const SEAL_VERSION = 2
/** The most that an origin reads of a request. The largest state seen is a tenth of it. */
export const MOST_SEALED_BYTES: number = 1024 * 1024
export const KEY_ID_BYTES = 8
const EXPIRY_BYTES = 8
export const NONCE_BYTES = 12
export const TAG_BYTES = 16
const EXPIRY_AT = 1 + KEY_ID_BYTES
const NONCE_AT = EXPIRY_AT + EXPIRY_BYTES
export const HEAD_BYTES: number = NONCE_AT + NONCE_BYTES

/** The info for HKDF-SHA-256 (RFC 5869), so that the secret serves no other purpose with the same key. */
export const SEAL_KEY_INFO = 'next-shell-cache/seal/1'
export const KEY_ID_INFO = 'next-shell-cache/key-id/1'
export const PADDING_KEY_INFO = 'next-shell-cache/padding/1'

/** What a seal is bound to. */
export type SealBinding = {
  /** The app's: another app on its origin may have the same build id and the same secret. */
  readonly basePath: string
  readonly buildId: string
  readonly key: RecordKey
  readonly route: string
  readonly digest: Digest
}

export type Envelope = {
  readonly keyId: Uint8Array
  /** Milliseconds since the epoch after which the state is too old to render from; 0 for never. */
  readonly expiresAt: number
  readonly nonce: Uint8Array
  readonly ciphertext: Uint8Array
  readonly tag: Uint8Array
}

export function additionalData(
  { basePath, buildId, key, route, digest }: SealBinding,
  expiresAt: number,
): Uint8Array<ArrayBuffer> {
  return toUtf8(JSON.stringify([SEAL_VERSION, expiresAt, basePath, buildId, key, route, digest]))
}

export function packEnvelope({ keyId, expiresAt, nonce, ciphertext, tag }: Envelope): Uint8Array<ArrayBuffer> {
  const sealed = new Uint8Array(HEAD_BYTES + ciphertext.length + TAG_BYTES)
  sealed[0] = SEAL_VERSION
  sealed.set(keyId, 1)
  new DataView(sealed.buffer).setBigUint64(EXPIRY_AT, BigInt(expiresAt))
  sealed.set(nonce, NONCE_AT)
  sealed.set(ciphertext, HEAD_BYTES)
  sealed.set(tag, HEAD_BYTES + ciphertext.length)
  return sealed
}

/** The parts of an envelope; undefined if the bytes cannot be one. Nothing is trusted yet: only the tag proves it. */
export function unpackEnvelope(sealed: Uint8Array): Envelope | undefined {
  if (sealed[0] !== SEAL_VERSION || sealed.length <= HEAD_BYTES + TAG_BYTES) return undefined
  return {
    keyId: sealed.subarray(1, EXPIRY_AT),
    expiresAt: Number(new DataView(sealed.buffer, sealed.byteOffset).getBigUint64(EXPIRY_AT)),
    nonce: sealed.subarray(NONCE_AT, HEAD_BYTES),
    ciphertext: sealed.subarray(HEAD_BYTES, sealed.length - TAG_BYTES),
    tag: sealed.subarray(sealed.length - TAG_BYTES),
  }
}

// Seals postponed states and opens them: they hold the whole resume data cache of a page in clear, upstream bodies and headers,
// unrendered fields of cached results (docs/discoveries/next.md). Shared by the two ends that run Node: adapter-plugin/pages/records.ts seals
// what a build makes, origin/records/make-record.ts what is made since, origin/records/unseal.ts opens. protocol/record/seal-format.ts
// is the envelope.
//   must inflate nothing before the tag verified: an unauthenticated bomb is the oldest of the resume's advisories
//   (CVE-2025-59472).

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'

import {
  additionalData,
  HEAD_BYTES,
  KEY_ID_BYTES,
  KEY_ID_INFO,
  MOST_SEALED_BYTES,
  NONCE_BYTES,
  packEnvelope,
  PADDING_KEY_INFO,
  SEAL_KEY_INFO,
  type SealBinding,
  TAG_BYTES,
  unpackEnvelope,
} from '../protocol/record/seal-format.ts'
import { MOST_PADDING, paddingOf } from './padding.ts'

export type SealKey = {
  readonly id: Uint8Array
  readonly key: Uint8Array
  /** Decides how far a state is filled up (padding.ts). */
  readonly paddingKey: Uint8Array
}

/** The newest first: it seals. The others still open what was sealed before a rotation. */
export type SealKeys = readonly [SealKey, ...SealKey[]]

/** An opened state and when it gets too old to render from (milliseconds since the epoch, 0 for never). */
export type OpenedState = { readonly state: string; readonly expiresAt: number }

/** @param secret - One of `SHELL_CACHE_SECRET`, or the bytes that the build generated. */
export function toSealKey(secret: string | Uint8Array): SealKey {
  const derive = (info: string, bytes: number): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', secret, '', info, bytes))
  return {
    id: derive(KEY_ID_INFO, KEY_ID_BYTES),
    key: derive(SEAL_KEY_INFO, 32),
    paddingKey: derive(PADDING_KEY_INFO, 32),
  }
}

/** @param expiresAt - Milliseconds since the epoch, 0 for never. */
export function seal(
  state: string,
  binding: SealBinding,
  expiresAt: number,
  { id, key, paddingKey }: SealKey,
): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(additionalData(binding, expiresAt))
  const deflated = deflateRawSync(state, { level: 9 })
  const padding = Buffer.alloc(paddingOf(deflated, paddingKey))
  const ciphertext = Buffer.concat([cipher.update(deflated), cipher.update(padding), cipher.final()])
  return packEnvelope({ keyId: id, expiresAt, nonce, ciphertext, tag: cipher.getAuthTag() })
}

/**
 * Whether the seal of a state is surely no larger than what an origin reads of a request. Reads the whole state only where that is not
 * plain.
 */
export function fitsRequest(state: string): boolean {
  const most = MOST_SEALED_BYTES - HEAD_BYTES - TAG_BYTES - MOST_PADDING
  // A character is at most three bytes, and deflate adds next to nothing.
  return state.length < most / 4 || deflateRawSync(state, { level: 9 }).length <= most
}

/** The state, or undefined where the seal is of none of these keys or of another binding. @param maxBytes - Of the inflated state. */
export function openSeal(
  sealed: Uint8Array,
  binding: SealBinding,
  keys: SealKeys,
  maxBytes: number,
): OpenedState | undefined {
  const envelope = unpackEnvelope(sealed)
  const key = envelope && keys.find(({ id }) => timingSafeEqual(envelope.keyId, id))
  if (!envelope || !key) return undefined
  const { nonce, tag, ciphertext, expiresAt } = envelope
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.key, nonce, { authTagLength: TAG_BYTES })
    decipher.setAAD(additionalData(binding, expiresAt)).setAuthTag(tag)
    const deflated = Buffer.concat([decipher.update(ciphertext), decipher.final()])
    // Reads to the end of the deflated bytes, and none of the padding behind it.
    return { state: inflateRawSync(deflated, { maxOutputLength: maxBytes }).toString('utf8'), expiresAt }
  } catch {
    return undefined
  }
}

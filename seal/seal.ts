// Seals postponed states and opens them. A state contains the whole resume data cache of a page in clear text: upstream bodies and headers,
// unrendered fields of cached results (docs/discoveries/next.md). adapter-plugin/pages/records.ts seals the records of a build,
// origin/records/make-record.ts those that are made later, origin/records/unseal.ts opens them. protocol/record/seal-format.ts has the
// envelope.
//   must inflate nothing before the tag is verified: an unauthenticated zip bomb is the oldest security advisory about resume
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
  /** Decides how much padding a state gets (padding.ts). */
  readonly paddingKey: Uint8Array
}

/** The newest first: it seals. The others still open seals from before a rotation. */
export type SealKeys = readonly [SealKey, ...SealKey[]]

/** An opened state, and when it becomes too old to render from (milliseconds since the epoch, 0 for never). */
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
 * Whether the seal of a state certainly fits into the part of a request that an origin reads. Deflates the state only if its length does
 * not decide that.
 */
export function fitsRequest(state: string): boolean {
  const most = MOST_SEALED_BYTES - HEAD_BYTES - TAG_BYTES - MOST_PADDING
  // A character is at most three bytes, and deflate adds next to nothing.
  return state.length < most / 4 || deflateRawSync(state, { level: 9 }).length <= most
}

/** The state, or undefined if the seal has none of these keys or another binding. @param maxBytes - The limit for the inflated state. */
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
    // Inflating stops at the end of the deflated bytes, before the padding.
    return { state: inflateRawSync(deflated, { maxOutputLength: maxBytes }).toString('utf8'), expiresAt }
  } catch {
    return undefined
  }
}

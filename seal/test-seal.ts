// Seals for unit tests, also with contents that no build would seal.

import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'

import {
  additionalData,
  KEY_ID_INFO,
  packEnvelope,
  SEAL_KEY_INFO,
  type SealBinding,
} from '../protocol/record/seal-format.ts'

export const KEY = new Uint8Array(32).fill(7)

const derive = (info: string, bytes: number) => new Uint8Array(hkdfSync('sha256', KEY, '', info, bytes))

/** Like those of seal.ts. `deflated` can be given instead of a state, for bytes that must never be inflated. */
export function sealFor(
  binding: SealBinding,
  state: string,
  expiresAt = 0,
  deflated: Uint8Array = deflateRawSync(state),
): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', derive(SEAL_KEY_INFO, 32), nonce).setAAD(
    additionalData(binding, expiresAt),
  )
  const ciphertext = Buffer.concat([cipher.update(deflated), cipher.final()])
  return packEnvelope({ keyId: derive(KEY_ID_INFO, 8), expiresAt, nonce, ciphertext, tag: cipher.getAuthTag() })
}

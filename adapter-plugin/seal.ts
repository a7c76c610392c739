// Seals postponed states, which hold the whole resume data cache of a page in clear: upstream bodies and headers, unrendered
// fields of cached results (facts.md). The other end is origin/open-seal.ts; protocol/seal-format.ts is what both agree on.
// Called by adapter.ts and records.ts.

import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'

import {
  additionalData,
  KEY_ID_BYTES,
  KEY_ID_INFO,
  NONCE_BYTES,
  packEnvelope,
  SEAL_KEY_INFO,
  type SealBinding,
} from '../protocol/seal-format.ts'

/** `generated` is what the server must find on its disk; undefined where the environment has the secret. */
export type BuildKey = {
  readonly id: Uint8Array
  readonly key: Uint8Array
  readonly generated: Uint8Array | undefined
}

const SHORTEST_SECRET = 32

/**
 * @param secret - `SHELL_CACHE_SECRET`: one secret, or several with spaces or commas between them, the newest first. The newest
 * seals; the origin opens with each of them. Returns undefined where one is too short to seal with.
 */
export function toBuildKey(secret: string | undefined): BuildKey | undefined {
  if (secret === undefined || secret === '') {
    const generated = new Uint8Array(randomBytes(32))
    return derive(generated, generated)
  }
  const secrets = secret.split(/[\s,]+/).filter(Boolean)
  const [newest] = secrets
  if (newest === undefined || secrets.some(({ length }) => length < SHORTEST_SECRET)) return undefined
  return derive(newest, undefined)
}

function derive(secret: string | Uint8Array, generated: Uint8Array | undefined): BuildKey {
  const expand = (info: string, bytes: number): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', secret, '', info, bytes))
  return { id: expand(KEY_ID_INFO, KEY_ID_BYTES), key: expand(SEAL_KEY_INFO, 32), generated }
}

/** @param expiresAt - Milliseconds since the epoch, 0 for never. */
export function seal(
  state: string,
  binding: SealBinding,
  expiresAt: number,
  { id, key }: BuildKey,
): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(additionalData(binding, expiresAt))
  const ciphertext = Buffer.concat([cipher.update(deflateRawSync(state, { level: 9 })), cipher.final()])
  return packEnvelope({ keyId: id, expiresAt, nonce, ciphertext, tag: cipher.getAuthTag() })
}

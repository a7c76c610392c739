// The key that a build seals with.

import { randomBytes } from 'node:crypto'

import { type SealKey, toSealKey } from '../../seal/seal.ts'

/** `generated` is what the server must find on its disk; undefined where the environment has the secret. */
export type BuildKey = SealKey & { readonly generated: Uint8Array | undefined }

const SHORTEST_SECRET = 32

/**
 * @param secret - `SHELL_CACHE_SECRET`: one secret, or several with spaces or commas between them, the newest first. The newest
 * seals; the origin opens with each of them. Returns undefined where one is too short to seal with.
 */
export function toBuildKey(secret: string | undefined): BuildKey | undefined {
  if (secret === undefined || secret === '') {
    const generated = new Uint8Array(randomBytes(32))
    return { ...toSealKey(generated), generated }
  }
  const secrets = secret.split(/[\s,]+/).filter(Boolean)
  const [newest] = secrets
  if (newest === undefined || secrets.some(({ length }) => length < SHORTEST_SECRET)) return undefined
  return { ...toSealKey(newest), generated: undefined }
}

// Makes the key with which a build seals.

import { randomBytes } from 'node:crypto'

import { type SealKey, toSealKey } from '../../seal/seal.ts'

/** `generated` must be on the server's disk; undefined if the secret is in the environment. */
export type BuildKey = SealKey & { readonly generated: Uint8Array | undefined }

const SHORTEST_SECRET = 32

/**
 * @param secret - `SHELL_CACHE_SECRET`: one secret, or several separated by spaces or commas, the newest first. The build seals with the
 * newest; the origin opens with any of them. Returns undefined if one of them is too short to seal with.
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

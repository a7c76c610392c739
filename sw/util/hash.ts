// SHA-256 in the worker. 0.1 ms for 200 KB (docs/discoveries/costs.md): every read can afford it.

import { type Digest, toDigest } from '../../protocol/digest.ts'

export async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<Digest> {
  return toDigest(await crypto.subtle.digest('SHA-256', bytes))
}

// The cache tags that a record was made from, as browsers store them: hashed, because Next keeps tags to itself and their names may tell
// of what no page shows. Next revalidates paths by tags of their own (`_N_T_/products/red-chair`), so both are one list. Each runtime
// does its own hashing; what both must agree on is here.

import { toBase64Url } from '../digest.ts'

/** The first six bytes of a tag's SHA-256: a collision costs a refresh. */
export type TagHash = string

/** @param sha256 - Of the tag's UTF-8 bytes. */
export function toTagHash(sha256: ArrayBuffer | Uint8Array): TagHash {
  const bytes = sha256 instanceof Uint8Array ? sha256 : new Uint8Array(sha256)
  return toBase64Url(bytes.subarray(0, 6))
}

/** `NEXT_CACHE_IMPLICIT_TAG_ID` of Next's `lib/constants.js`. */
const PATH_PREFIX = '_N_T_'

/** What a response names as changed; `everything` if it does not say. */
export type Invalidated = 'everything' | readonly string[]

/**
 * The tags in the value of `shell-cache-invalidate`: paths and tags as Next is given them, separated by commas, or `*`. A path means
 * the tag that Next's `revalidatePath` has for it; a tag that is hashed already begins with `#`.
 */
export function parseInvalidated(value: string): Invalidated {
  const names = value.split(',').map((name) => name.trim())
  if (names.includes('*')) return 'everything'
  return names.filter(Boolean).map((name) => (name.startsWith('/') ? PATH_PREFIX + withoutSlash(name) : name))
}

function withoutSlash(path: string): string {
  return path === '/' ? path : path.replace(/\/$/, '')
}

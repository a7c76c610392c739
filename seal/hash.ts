// The hashes of a record, for all code that runs in Node: the build and the origin must compute the same names.

import { createHash } from 'node:crypto'

import { type Digest, digestInput, toDigest } from '../protocol/digest.ts'
import { type TagHash, toTagHash } from '../protocol/record/tags.ts'
import { toUtf8 } from '../protocol/utf8.ts'

/** @param postponedState - Undefined for a page without holes. */
export function digestOf(shell: Uint8Array, postponedState: string | undefined): Digest {
  return hashOf(digestInput(shell, toUtf8(postponedState ?? '')))
}

/** The hash of a shell only, which a browser can check. */
export function hashOf(bytes: Uint8Array): Digest {
  return toDigest(createHash('sha256').update(bytes).digest())
}

export function tagHashOf(tag: string): TagHash {
  return toTagHash(createHash('sha256').update(tag).digest())
}

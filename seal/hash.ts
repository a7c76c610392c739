// The hashes of a record, as everything that runs Node makes them: what the build names, the origin must name the same.

import { createHash } from 'node:crypto'

import { type Digest, digestInput, toDigest } from '../protocol/digest.ts'
import { type TagHash, toTagHash } from '../protocol/record/tags.ts'
import { toUtf8 } from '../protocol/utf8.ts'

/** @param postponedState - Undefined for a page without holes. */
export function digestOf(shell: Uint8Array, postponedState: string | undefined): Digest {
  return hashOf(digestInput(shell, toUtf8(postponedState ?? '')))
}

/** Of a shell alone: what a browser can check. */
export function hashOf(bytes: Uint8Array): Digest {
  return toDigest(createHash('sha256').update(bytes).digest())
}

export function tagHashOf(tag: string): TagHash {
  return toTagHash(createHash('sha256').update(tag).digest())
}

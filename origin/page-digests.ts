// The digests of pages as Next has them now: what a verdict calls `current`. Hashed once for each entry, not for each request.
// Called by handle.ts and confirm.ts when Next has found a page.

import { createHash } from 'node:crypto'

import { type Digest, digestInput, toDigest } from '../protocol/digest.ts'
import { toUtf8 } from '../protocol/utf8.ts'
import type { NextPage } from './next-page.ts'

type Hashed = Pick<NextPage, 'shell' | 'postponedState'> & { readonly digest: Digest }

export class PageDigests {
  readonly #hashed = new Map<string, Hashed>()
  readonly #capacity: number
  #size = 0

  /** @param capacity - Bytes of the pages that are remembered; a UTF-16 string of n characters is counted as 2n. */
  constructor(capacity: number) {
    this.#capacity = capacity
  }

  of({ route, path, isFallback, shell, postponedState }: NextPage): Digest {
    // Every path without a shell of its own has its route's.
    const name = isFallback ? route : path
    const known = this.#hashed.get(name)
    // Comparing two strings costs a tenth of hashing one, and nothing where they are the same one.
    if (known?.shell === shell && known.postponedState === postponedState) return known.digest
    const hash = createHash('sha256').update(digestInput(toUtf8(shell), toUtf8(postponedState ?? '')))
    const digest = toDigest(hash.digest())
    this.#remember(name, { shell, postponedState, digest })
    return digest
  }

  #remember(name: string, hashed: Hashed): void {
    this.#forget(name)
    this.#hashed.set(name, hashed)
    this.#size += sizeOf(hashed)
    for (const oldest of this.#hashed.keys()) {
      if (this.#size <= this.#capacity) return
      this.#forget(oldest)
    }
  }

  #forget(name: string): void {
    const hashed = this.#hashed.get(name)
    if (hashed) this.#size -= sizeOf(hashed)
    this.#hashed.delete(name)
  }
}

function sizeOf({ shell, postponedState = '' }: Hashed): number {
  return 2 * (shell.length + postponedState.length)
}

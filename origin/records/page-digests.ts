// The digests of pages as Next has them now, which a verdict calls `current`. Hashed once for each entry, not for each request.

import type { Digest } from '../../protocol/digest.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import { digestOf, hashOf } from '../../seal/hash.ts'
import { BoundedMap, sizeOfText } from './bounded-map.ts'
import type { NextPage } from '../next/next-page.ts'

type Hashed = Pick<NextPage, 'shell' | 'postponedState'> & { readonly digest: Digest; shellHash?: Digest }

export class PageDigests {
  readonly #hashed: BoundedMap<string, Hashed>
  readonly #note: (page: NextPage, digest: Digest) => void

  /**
   * @param capacity - Bytes of the pages that are remembered.
   * @param note - Called with each page whose digest is requested.
   */
  constructor(capacity: number, note: (page: NextPage, digest: Digest) => void) {
    this.#note = note
    this.#hashed = new BoundedMap(capacity, ({ shell, postponedState }) => sizeOfText(shell, postponedState))
  }

  of(page: NextPage): Digest {
    const { digest } = this.#find(page)
    this.#note(page, digest)
    return digest
  }

  /** SHA-256 of the shell alone: a browser can check its own shell against it. */
  shellHashOf(page: NextPage): Digest {
    const found = this.#find(page)
    found.shellHash ??= hashOf(toUtf8(page.shell))
    return found.shellHash
  }

  #find({ route, path, isFallback, shell, postponedState }: NextPage): Hashed {
    // Every path without a shell of its own has its route's.
    const name = isFallback ? route : path
    const known = this.#hashed.get(name)
    // Comparing two strings costs a tenth of hashing one, and nothing if they are the same object.
    if (known?.shell === shell && known.postponedState === postponedState) return known
    const hashed: Hashed = { shell, postponedState, digest: digestOf(toUtf8(shell), postponedState) }
    this.#hashed.set(name, hashed)
    return hashed
  }
}

// Decides which states may still be resumed when their page has a newer one. A state carries its cached data. A resume would show again
// what was revalidated since Next last served the state: to anyone who asks with an old shell, as often as they ask
// (docs/architecture.md, invariant 11).
//
//   must call a state outdated unless this process knows that it is not. What was revalidated before the process began is forgotten,
//   by this process and by Next.

import type { Digest } from '../../protocol/digest.ts'
import { type DigestStart, startOf } from '../../protocol/shell-inventory.ts'
import type { NextPage } from '../next/next-page.ts'
import type { Revalidations } from '../next/revalidations.ts'
import { BoundedMap, sizeOfText } from './bounded-map.ts'
import type { KnownRecords } from './known-records.ts'

/** A state as Next served it: as new as anything that was cached by then. */
type Served = {
  readonly digest: Digest
  readonly tags: readonly string[]
  /** Milliseconds since the epoch. */
  readonly since: number
}

type Sources = {
  readonly known: KnownRecords
  /** When the build began. */
  readonly builtAt: number
  readonly revalidations: Revalidations
}

export class LastServed {
  readonly #sources: Sources
  /** Keyed by the start of the digest: a navigation preload names no more. */
  readonly #served: BoundedMap<DigestStart, Served>

  /** @param capacity - The most bytes to remember. */
  constructor(capacity: number, sources: Sources) {
    this.#sources = sources
    this.#served = new BoundedMap(capacity, ({ tags, digest }) => sizeOfText(digest, ...tags))
  }

  /** Notes a page as Next has it now. A page that Next serves once more only because a tag was revalidated is no longer new. */
  note({ tags, isStale, asOf }: Pick<NextPage, 'tags' | 'isStale' | 'asOf'>, digest: Digest): void {
    const start = startOf(digest)
    // The first time counts: Next keeps serving a route's shell after a tag of it has expired.
    if (!isStale && this.#served.get(start) === undefined) this.#served.set(start, { digest, tags, since: asOf })
  }

  /**
   * Whether anything that a state was rendered from may have been revalidated since.
   *
   * @param tags - The tags of the page as it is now: a route's shell carries cached data of the paths that were built with it, but not
   * their tags. If they are missing, every tag counts.
   */
  async isOutdated(digest: Digest, tags?: readonly string[]): Promise<boolean> {
    const served = this.#find(digest)
    const { revalidations } = this.#sources
    if (!served || (tags === undefined && revalidations.any(served.since))) return true
    const all = [...served.tags, ...(tags ?? [])]
    // Next names at least a page's own path. If there is no tag at all, Next names the tags elsewhere.
    if (all.length === 0 && revalidations.any(served.since)) return true
    return revalidations.anyOf(all, served.since)
  }

  /** Like {@link LastServed.isOutdated}, but false for a state that is not known here. */
  async isKnownOutdated(start: DigestStart, tags: readonly string[]): Promise<boolean> {
    const served = this.#served.get(start)
    return served !== undefined && this.isOutdated(served.digest, tags)
  }

  #find(digest: Digest): Served | undefined {
    const { known, builtAt } = this.#sources
    const built = known.get(digest)
    if (built) return { digest, tags: built.tags, since: builtAt }
    const served = this.#served.get(startOf(digest))
    return served?.digest === digest ? served : undefined
  }
}

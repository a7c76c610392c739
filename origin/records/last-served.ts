// Which states may still be gone on from when their page has a newer one. A state brings its cached data along, so what was revalidated
// since Next last served it would show once more: to anyone who asks with an old shell, as often as they ask
// (docs/architecture.md, invariant 11).
//
//   must say that a state is outdated wherever this process cannot know that it is not. What was revalidated before it began, it has
//   forgotten, and so has Next.

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
  /** By what a navigation preload names, too. */
  readonly #served: BoundedMap<DigestStart, Served>

  /** @param capacity - Bytes of what is remembered. */
  constructor(capacity: number, sources: Sources) {
    this.#sources = sources
    this.#served = new BoundedMap(capacity, ({ tags, digest }) => sizeOfText(digest, ...tags))
  }

  /** A page as Next has it now. One that it serves once more only, because a tag was revalidated, is not new any more. */
  note({ tags, isStale, asOf }: Pick<NextPage, 'tags' | 'isStale' | 'asOf'>, digest: Digest): void {
    const start = startOf(digest)
    // The first time counts: Next serves a route's shell on when a tag of it has expired.
    if (!isStale && this.#served.get(start) === undefined) this.#served.set(start, { digest, tags, since: asOf })
  }

  /**
   * Whether something that a state was rendered from may have been revalidated since.
   *
   * @param tags - Of the page as it is now: a route's shell brings cached data of paths that were built with it, and not their
   * tags. Without them, every tag counts.
   */
  async isOutdated(digest: Digest, tags?: readonly string[]): Promise<boolean> {
    const served = this.#find(digest)
    const { revalidations } = this.#sources
    if (!served || (tags === undefined && revalidations.any(served.since))) return true
    const all = [...served.tags, ...(tags ?? [])]
    // Next names a page's own path at the least. Where it names nothing, it does so elsewhere.
    if (all.length === 0 && revalidations.any(served.since)) return true
    return revalidations.anyOf(all, served.since)
  }

  /** As {@link LastServed.isOutdated}, but of what no one knows nothing is said. */
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

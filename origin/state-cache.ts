// Opened states by digest, the last used kept within a number of bytes. Called by unseal.ts.

import type { Digest } from '../protocol/digest.ts'
import type { OpenedState } from '../seal/seal.ts'

export class StateCache {
  readonly #states = new Map<Digest, OpenedState>()
  readonly #capacity: number
  #size = 0

  /** @param capacity - Bytes; a UTF-16 string of n characters is counted as 2n. */
  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get(digest: Digest): OpenedState | undefined {
    const opened = this.#states.get(digest)
    if (!opened) return undefined
    this.#states.delete(digest)
    this.#states.set(digest, opened)
    return opened
  }

  set(digest: Digest, opened: OpenedState): void {
    this.#drop(digest)
    // It would only push out all the others, and then itself.
    if (2 * opened.state.length > this.#capacity) return
    this.#states.set(digest, opened)
    this.#size += 2 * opened.state.length
    for (const oldest of this.#states.keys()) {
      if (this.#size <= this.#capacity) return
      this.#drop(oldest)
    }
  }

  #drop(digest: Digest): void {
    this.#size -= 2 * (this.#states.get(digest)?.state.length ?? 0)
    this.#states.delete(digest)
  }
}

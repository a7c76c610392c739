// Reads bytes that arrive in chunks, regardless of where the chunks are cut. Holds no more than it needs to tell what comes next.

import { joined } from '../../protocol/bytes.ts'

export class HeldBytes {
  readonly #chunks: AsyncIterator<Uint8Array, void>
  #held: Uint8Array = new Uint8Array(0)

  constructor(chunks: AsyncIterator<Uint8Array, void>) {
    this.#chunks = chunks
  }

  /** All bytes before the first of two sequences. Throws if neither comes. */
  async *upTo(one: Uint8Array, other: Uint8Array): AsyncGenerator<Uint8Array, void> {
    for (;;) {
      const at = first(indexOf(this.#held, one), indexOf(this.#held, other))
      // The last bytes that are held may be the beginning of either sequence.
      const longest = Math.max(one.length, other.length)
      const passed = this.#take(at === -1 ? Math.max(0, this.#held.length - longest + 1) : at)
      if (passed.length > 0) yield passed
      if (at !== -1) return
      await this.#more()
    }
  }

  /** Skips a sequence if it comes next. False if something else does. Throws if the bytes end within the sequence. */
  async skip(sequence: Uint8Array): Promise<boolean> {
    return (await this.skipSame(sequence)) === sequence.length
  }

  /** Skips the next bytes as far as they equal `sequence`, and returns how many they are. Throws if the bytes end within it. */
  async skipSame(sequence: Uint8Array): Promise<number> {
    let skipped = 0
    for (;;) {
      const same = sameLength(this.#held, sequence.subarray(skipped))
      const isHeldUp = same === this.#held.length
      this.#take(same)
      skipped += same
      if (skipped === sequence.length || !isHeldUp) return skipped
      await this.#more()
    }
  }

  /** All remaining bytes. */
  async *all(): AsyncGenerator<Uint8Array, void> {
    if (this.#held.length > 0) yield this.#take(this.#held.length)
    for (let next = await this.#chunks.next(); !next.done; next = await this.#chunks.next()) yield next.value
  }

  #take(length: number): Uint8Array {
    const taken = this.#held.subarray(0, length)
    this.#held = this.#held.subarray(length)
    return taken
  }

  async #more(): Promise<void> {
    const next = await this.#chunks.next()
    if (next.done) throw new Error('the bytes ended within what was expected')
    this.#held = joined([this.#held, next.value])
  }
}

function first(one: number, other: number): number {
  return one === -1 || other === -1 ? Math.max(one, other) : Math.min(one, other)
}

function indexOf(bytes: Uint8Array, sequence: Uint8Array): number {
  const [start] = sequence
  if (start === undefined) return 0
  for (let at = bytes.indexOf(start); at !== -1; at = bytes.indexOf(start, at + 1))
    if (sameLength(bytes.subarray(at), sequence) === sequence.length) return at
  return -1
}

/** The length of the common prefix. */
function sameLength(one: Uint8Array, other: Uint8Array): number {
  const most = Math.min(one.length, other.length)
  for (let at = 0; at < most; at++) if (one[at] !== other[at]) return at
  return most
}

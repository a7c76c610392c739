// What the origin remembers in the process (opened states, digests of pages): the most recently used, within a number of bytes.

export class BoundedMap<Key, Value> {
  readonly #values = new Map<Key, Value>()
  readonly #capacity: number
  readonly #sizeOf: (value: Value) => number
  #size = 0

  /** @param capacity - Bytes, as `sizeOf` counts them. */
  constructor(capacity: number, sizeOf: (value: Value) => number) {
    this.#capacity = capacity
    this.#sizeOf = sizeOf
  }

  get(key: Key): Value | undefined {
    const value = this.#values.get(key)
    if (value === undefined) return undefined
    this.#values.delete(key)
    this.#values.set(key, value)
    return value
  }

  set(key: Key, value: Value): void {
    this.#drop(key)
    // Such a value would only push out all others, and then itself.
    if (this.#sizeOf(value) > this.#capacity) return
    this.#values.set(key, value)
    this.#size += this.#sizeOf(value)
    for (const oldest of this.#values.keys()) {
      if (this.#size <= this.#capacity) return
      this.#drop(oldest)
    }
  }

  #drop(key: Key): void {
    const value = this.#values.get(key)
    if (value !== undefined) this.#size -= this.#sizeOf(value)
    this.#values.delete(key)
  }
}

/** Bytes of strings, two for each character, as V8 holds the larger ones. */
export function sizeOfText(...texts: readonly (string | undefined)[]): number {
  return texts.reduce((sum, text = '') => sum + 2 * text.length, 0)
}

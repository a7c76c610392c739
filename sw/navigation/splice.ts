// Joins a stored shell and the bytes that follow it into the one stream that answers a navigation. Called by navigate.ts.
// The reader downstream is the HTML parser, so:
//   must send every shell byte before the first byte of the rest;
//   must end with close(), never error(): Chromium stays at readyState "loading" for ever (facts.md);
//   must cancel the rest when the tab goes away; must pull, never push, so that a slow tab slows the origin.

import { deferred } from '../deferred.ts'
import type { ByteSource, Rest } from '../transport/rest.ts'
import { DOCUMENT_END, RECOVERY_TAIL } from './tails.ts'

/** How an assembled response ended. After `recovery` the page reloads itself once. */
export type Ending = 'complete' | 'recovery' | 'offline' | 'abandoned'

export type Spliced = {
  readonly stream: ReadableStream<Uint8Array>
  /** Settles when the stream has ended or was abandoned; never rejects. */
  readonly ended: Promise<Ending>
}

export type SpliceSteps = {
  /** Called when nobody reads on; must make the rest and its source settle. */
  readonly abandon: () => void
  /** Asked once, where the rest broke off: whether a reload would find a page. Must not reject. */
  readonly canReload: () => Promise<boolean>
}

export function splice(shell: Uint8Array, rest: Promise<Rest>, { abandon, canReload }: SpliceSteps): Spliced {
  const chunks = spliceChunks(shell, rest, canReload)
  const ended = deferred<Ending>()
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await chunks.next()
      if (!next.done) return controller.enqueue(next.value)
      ended.resolve(next.value)
      controller.close()
    },
    async cancel() {
      ended.resolve('abandoned')
      abandon()
      await chunks.return('abandoned')
    },
  })
  return { stream, ended: ended.promise }
}

/** The bytes of the response in order, then how it ended. Never throws. */
export async function* spliceChunks(
  shell: Uint8Array,
  rest: Promise<Rest>,
  canReload: SpliceSteps['canReload'],
): AsyncGenerator<Uint8Array, Ending> {
  yield shell
  const source = await rest
  if (source.kind === 'unreachable') return 'offline'
  if (source.kind === 'other') return yield* recover()
  const tail = new TailWindow(DOCUMENT_END.length)
  try {
    const start = source.kind === 'document' ? await skipPrefix(source.body, shell) : new Uint8Array(0)
    if (!start) return yield* recover()
    for await (const chunk of chunksOf(source.body, start)) {
      tail.push(chunk)
      yield chunk
    }
  } catch {
    return yield* recoverOrStay(canReload)
  } finally {
    // Does nothing to a source that has ended; stops one that nobody reads on. Not awaited: a page must not stay open for it.
    void source.body.cancel().catch(() => {})
  }
  return tail.equals(DOCUMENT_END) ? 'complete' : yield* recoverOrStay(canReload)
}

/** What the visitor sees already is better than the error page that a reload would put in its place. */
async function* recoverOrStay(canReload: SpliceSteps['canReload']): AsyncGenerator<Uint8Array, Ending> {
  return (await canReload()) ? yield* recover() : 'offline'
}

async function* recover(): AsyncGenerator<Uint8Array, Ending> {
  yield RECOVERY_TAIL
  return 'recovery'
}

async function* chunksOf(source: ByteSource, start: Uint8Array): AsyncGenerator<Uint8Array, void> {
  if (start.length > 0) yield start
  for (let next = await source.read(); !next.done; next = await source.read()) yield next.value
}

/** Reads as many bytes as the prefix has; what the last chunk holds behind them, or undefined where they differ. */
async function skipPrefix(source: ByteSource, prefix: Uint8Array): Promise<Uint8Array | undefined> {
  for (let at = 0; ;) {
    const next = await source.read()
    if (next.done) return undefined
    const length = Math.min(next.value.length, prefix.length - at)
    for (let index = 0; index < length; index++) if (next.value[index] !== prefix[at + index]) return undefined
    at += length
    if (at === prefix.length) return next.value.subarray(length)
  }
}

/** The last few bytes of all that was pushed. */
class TailWindow {
  #bytes = new Uint8Array(0)
  readonly #size: number

  constructor(size: number) {
    this.#size = size
  }

  push(chunk: Uint8Array): void {
    const joined = new Uint8Array(this.#bytes.length + Math.min(chunk.length, this.#size))
    joined.set(this.#bytes)
    joined.set(chunk.subarray(-this.#size), this.#bytes.length)
    this.#bytes = joined.slice(-this.#size)
  }

  equals(end: Uint8Array): boolean {
    return this.#bytes.length === end.length && this.#bytes.every((byte, at) => byte === end[at])
  }
}

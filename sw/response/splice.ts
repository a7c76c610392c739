// Joins a stored shell and the bytes that follow it into the one stream that answers a navigation. The reader downstream is the HTML
// parser, so:
//   must send every shell byte before the first byte of the rest;
//   must end with close(), never error(): Chromium stays at readyState "loading" forever (docs/discoveries/browsers.md);
//   must cancel the rest when the tab goes away; must pull, never push, so that a slow tab slows the origin.

import { deferred, withDeadline } from '../util/async.ts'
import type { Ending } from '../../protocol/page/messages.ts'
import type { ByteSource, Copied, Rest } from '../transport/rest.ts'
import { type Early, earlyBytes, OtherStageError, withoutEarly } from '../early-start/cut-stage.ts'
import { asItCame, type Kept, unread } from './reloads.ts'
import { DOCUMENT_END, EARLY_TAIL, RECOVERY_TAIL, SHELL_TAIL } from './tails.ts'

export type Spliced = {
  readonly stream: ReadableStream<Uint8Array>
  /** Settles when the stream has ended or was abandoned; never rejects. */
  readonly ended: Promise<Ending>
}

export type SpliceSteps = {
  /** Called when the reader has gone. Must make the rest and its source settle. */
  readonly abandon: () => void
  /** Called once, if the rest breaks off: would a reload find a page? Must not reject. */
  readonly canReload: () => Promise<boolean>
  /**
   * Awaited before the bytes that make the page reload are sent. Must not reject.
   *
   * @param page - What the network has instead of the shell, unread, if that is known.
   */
  readonly beforeReload: (ending: Ending, page?: Kept) => Promise<void>
  /** Ends a shell whose rest never started. Undefined if only the rest can make the page interactive. */
  readonly offlineTail: Uint8Array | undefined
  /** Whether React runs in the shell without its rest. */
  readonly startsItself?: boolean
  /** Bytes that are sent with the shell, but are in none of the network's documents. */
  readonly watch?: Uint8Array | undefined
  /** If no chunk of the rest arrives for so many milliseconds, the rest counts as broken off. */
  readonly idle: number
  /** What the page starts with while its rest is on its way. */
  readonly early?: Early | undefined
  /** Resolves to bytes to send if they are available before the rest is; to undefined if the rest is. Must not reject. */
  readonly meanwhile?: ((rest: Promise<Rest | Copied>) => Promise<Uint8Array | undefined>) | undefined
  /** Called when everything that was sent early has been found in the rest, and left out there. */
  readonly whenFits?: () => void
  /** Called with each chunk of the rest, including what was sent early. */
  readonly hear?: ((chunk: Uint8Array) => void) | undefined
}

export function splice(shell: Uint8Array, rest: Promise<Rest | Copied>, steps: SpliceSteps): Spliced {
  const chunks = spliceChunks(shell, rest, steps)
  const ended = deferred<Ending>()
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await chunks.next()
      if (!next.done) return controller.enqueue(next.value)
      ended.resolve(next.value)
      controller.close()
    },
    cancel() {
      ended.resolve('abandoned')
      // Not immediately: a fetch that is aborted while a stream is being cancelled hangs WebKit's worker, and with it every
      // navigation of the tab (WebKitGTK 2.50; F36 in e2e/specs/failures/ladder.spec.ts hangs there without this).
      setTimeout(() => {
        steps.abandon()
        void chunks.return('abandoned')
      })
    },
  })
  return { stream, ended: ended.promise }
}

type Steps = Omit<SpliceSteps, 'abandon'>

/** The bytes of the response in order, then how it ended. Never throws. */
export async function* spliceChunks(
  shell: Uint8Array,
  rest: Promise<Rest | Copied>,
  steps: Steps,
): AsyncGenerator<Uint8Array, Ending> {
  yield shell
  if (steps.watch?.length) yield steps.watch
  if (steps.early) yield earlyBytes(steps.early)
  const whole = steps.early || steps.startsItself ? EARLY_TAIL : SHELL_TAIL
  const meanwhile = await steps.meanwhile?.(rest)
  if (meanwhile) yield meanwhile
  const source = await rest
  if (source.kind === 'unreachable') return yield* staying(steps)
  if (source.kind === 'other') return yield* reloading('recovery', whole, steps, source.page && asItCame(source.page))
  const tail = new TailWindow(DOCUMENT_END.length)
  let reload = whole
  let isKept = false
  try {
    const read = (): Promise<ReadResult> => withDeadline(source.body.read(), steps.idle)
    const { start, other } = source.kind === 'document' ? await skipPrefix(read, shell) : NOTHING_READ
    if (other) {
      const page = source.kind === 'document' && source.page ? unread(source.page, other, source.body) : undefined
      isKept = page !== undefined
      return yield* reloading('outdated', whole, steps, page)
    }
    for await (const chunk of withoutWhatIsThere(chunksOf(read, start, steps.hear), steps)) {
      tail.push(chunk)
      if (chunk.length > 0) reload = RECOVERY_TAIL
      yield chunk
    }
  } catch (error) {
    if (error instanceof OtherStageError) return yield* reloading('unfit', reload, steps)
    return yield* recoverOrStay(reload, steps)
  } finally {
    // Does nothing to a source that has ended, and stops one that is no longer read. Not awaited: the page must not stay open for it.
    if (!isKept) void source.body.cancel().catch(() => {})
  }
  if (!tail.equals(DOCUMENT_END)) return yield* recoverOrStay(reload, steps)
  return source.kind === 'copied' ? 'offline' : 'complete'
}

function withoutWhatIsThere(
  rest: AsyncGenerator<Uint8Array, void>,
  { early, whenFits = () => {} }: Steps,
): AsyncGenerator<Uint8Array, void> {
  return early ? withoutEarly(rest, early, whenFits) : rest
}

async function* staying({ offlineTail }: Steps): AsyncGenerator<Uint8Array, Ending> {
  if (!offlineTail) return 'stranded'
  yield offlineTail
  return 'offline'
}

/** What the visitor already sees is better than the error page that a reload would show instead. */
async function* recoverOrStay(reload: Uint8Array, steps: Steps): AsyncGenerator<Uint8Array, Ending> {
  if (await steps.canReload()) return yield* reloading('recovery', reload, steps)
  // React is running and nothing of the rest has arrived, so it keeps waiting.
  return reload === EARLY_TAIL ? yield* staying(steps) : 'stranded'
}

async function* reloading(
  ending: Ending,
  reload: Uint8Array,
  { beforeReload }: Steps,
  page?: Kept,
): AsyncGenerator<Uint8Array, Ending> {
  await beforeReload(ending, page)
  yield reload
  return ending
}

type ReadResult = Awaited<ReturnType<ByteSource['read']>>
type Read = () => Promise<ReadResult>

async function* chunksOf(
  read: Read,
  start: Uint8Array,
  hear: (chunk: Uint8Array) => void = () => {},
): AsyncGenerator<Uint8Array, void> {
  hear(start)
  if (start.length > 0) yield start
  for (let next = await read(); !next.done; next = await read()) {
    hear(next.value)
    yield next.value
  }
}

type Skipped = {
  /** What the last chunk holds after the prefix. */
  readonly start: Uint8Array
  /** Everything that was read, if it is not the prefix. */
  readonly other?: readonly Uint8Array[]
}

const NOTHING_READ: Skipped = { start: new Uint8Array(0) }

/** Reads as many bytes as the prefix has. */
async function skipPrefix(read: Read, prefix: Uint8Array): Promise<Skipped> {
  for (let at = 0; ;) {
    const next = await read()
    if (next.done) throw new Error('the document ended within the shell')
    const length = Math.min(next.value.length, prefix.length - at)
    const isSame = next.value.subarray(0, length).every((byte, index) => byte === prefix[at + index])
    if (!isSame) return { ...NOTHING_READ, other: [prefix.subarray(0, at), next.value] }
    at += length
    if (at === prefix.length) return { start: next.value.subarray(length) }
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

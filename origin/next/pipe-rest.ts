// Sends the rest of a page while it is rendered, instead of Next's own pipe. Next's pipe joins a shell in front of it, which takes two
// more streams, and writes and flushes each chunk, however small: with compression each chunk is a turn of zlib and one of the kernel
// (bench/results/origin-load.md).
//
//   must send the head before any of the render: Next has set all of it by now, as it would before a shell, and a render that
//   continues from a state can change neither status nor headers;
//   must hold nothing back longer than the process is busy with something else;
//   must cut the response if the render breaks, and end the render if the client disconnects.

import type { ServerResponse } from 'node:http'

import { tellStartOfResponse } from './telemetry.ts'

/** Bytes that may wait for their turn; beyond that nothing more is read. */
const GATHERED_BYTES = 64 * 1024
/** Chunks that are ready within this many turns of the event loop are sent as one: Next's small chunks come right after each other. */
const TURNS = 3

/** Resolves when the response was sent or the client has disconnected. Rejects if the render breaks, as Next's own pipe does. */
export async function pipeRest(rest: ReadableStream<Uint8Array>, response: ServerResponse): Promise<void> {
  // Its `close` was emitted already.
  if (response.destroyed) return rest.cancel(clientGone()).catch(() => {})
  const closed = new Promise<void>((resolve) => void response.once('close', resolve))
  const reader = rest.getReader()
  void closed.then(() => (response.writableEnded ? undefined : reader.cancel(clientGone()))).catch(() => {})
  response.flushHeaders()
  tellStartOfResponse()
  const gathered = new Gathered(response, closed)
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) await gathered.add(next.value)
  } catch (cause) {
    response.destroy()
    throw new Error('failed to pipe response', { cause })
  }
  gathered.end()
  await closed
}

/** Next knows by its name that this is no failure. Made when it is needed: its stack costs as much as a chunk. */
function clientGone(): DOMException {
  return new DOMException('The client has gone.', 'AbortError')
}

/** What was read and not yet written. */
class Gathered {
  readonly #response: ServerResponse
  readonly #closed: Promise<void>
  #chunks: Uint8Array[] = []
  #size = 0
  #writing: Promise<void> | undefined
  #tellDrained = (): void => {}

  constructor(response: ServerResponse, closed: Promise<void>) {
    this.#response = response
    this.#closed = closed
    // One listener for the whole response: Next's compression does not remove such listeners again.
    response.on('drain', () => this.#tellDrained())
  }

  /** Resolves when there is room for more. */
  async add(chunk: Uint8Array): Promise<void> {
    this.#chunks.push(chunk)
    this.#size += chunk.length
    this.#writing ??= this.#writeSoon()
    if (this.#size > GATHERED_BYTES) await this.#writing
  }

  end(): void {
    if (this.#response.destroyed) return
    const bytes = this.#take()
    if (bytes.length > 0) this.#response.end(bytes)
    else this.#response.end()
  }

  async #writeSoon(): Promise<void> {
    await turnsOfTheLoop(TURNS)
    const bytes = this.#take()
    if (bytes.length > 0 && !this.#response.destroyed && !this.#write(bytes)) await this.#drained()
    this.#writing = this.#size > 0 ? this.#writeSoon() : undefined
  }

  /** @returns Whether more may follow immediately. */
  #write(bytes: Uint8Array): boolean {
    const isFree = this.#response.write(bytes)
    // Otherwise Next's compression would hold it back.
    const flush: unknown = Reflect.get(this.#response, 'flush')
    if (typeof flush === 'function') Reflect.apply(flush, this.#response, [])
    return isFree
  }

  #drained(): Promise<void> {
    const drained = new Promise<void>((resolve) => (this.#tellDrained = resolve))
    return Promise.race([drained, this.#closed])
  }

  #take(): Uint8Array {
    const [first = new Uint8Array(0), ...others] = this.#chunks
    this.#chunks = []
    this.#size = 0
    return others.length === 0 ? first : Buffer.concat([first, ...others])
  }
}

function turnsOfTheLoop(count: number): Promise<void> {
  return new Promise((resolve) => {
    const next = (left: number): void => void (left === 0 ? resolve() : setImmediate(next, left - 1))
    next(count)
  })
}

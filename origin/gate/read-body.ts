// Reads a request's body within a size and a time limit that no client can avoid: too large a declared length is refused before a byte
// is read, an undeclared one as soon as it passes the limit (CVE-2025-59472).
//
//   must not end the iterator early: that destroys the request, and with it the refusal. respond.ts closes the connection of a body
//   that was given up on, since the rest of it is never read.

import type { Limits } from './limits.ts'
import { Refused } from './refused.ts'
import type { OriginRequest } from './request.ts'

/** Bytes of the bodies that are being read in this process. */
export type BodyLoad = { bytes: number }

/** Rejects if the client disconnects in the middle. */
export async function readBody(request: OriginRequest, limits: Limits, load: BodyLoad): Promise<Uint8Array | Refused> {
  const { 'content-length': declared, 'transfer-encoding': encoding } = request.headers
  if (encoding === undefined && (declared === undefined || declared === '0')) return new Uint8Array(0)
  if (declared !== undefined && !(Number(declared) <= limits.bodyBytes)) return new Refused('size')
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, limits.bodyDeadline, 'late')
  })
  const body = new Body(load)
  try {
    return await collect(request.body, body, limits, late)
  } finally {
    clearTimeout(timer)
    body.forget()
  }
}

async function collect(
  source: AsyncIterable<Uint8Array>,
  body: Body,
  { bodyBytes, allBodiesBytes }: Limits,
  late: Promise<'late'>,
): Promise<Uint8Array | Refused> {
  const reader = source[Symbol.asyncIterator]()
  for (;;) {
    const next = await Promise.race([reader.next(), late])
    if (next === 'late') return new Refused('slow')
    if (next.done) return body.join()
    body.add(next.value)
    if (body.size > bodyBytes) return new Refused('size')
    // It costs a sender nothing to leave an incomplete body in memory here.
    if (body.load.bytes > allBodiesBytes) return new Refused('busy')
  }
}

/** What has arrived of a body so far, counted with all others. */
class Body {
  readonly load: BodyLoad
  readonly #chunks: Uint8Array[] = []
  size = 0

  constructor(load: BodyLoad) {
    this.load = load
  }

  add(chunk: Uint8Array): void {
    this.#chunks.push(chunk)
    this.size += chunk.length
    this.load.bytes += chunk.length
  }

  join(): Uint8Array {
    return Buffer.concat(this.#chunks)
  }

  forget(): void {
    this.load.bytes -= this.size
  }
}

// Reads a request's body within a size and a time, neither of which the client can talk it out of: a declared length is
// refused before a byte is read, an undeclared one as soon as it is passed (CVE-2025-59472). Called by admit.ts.
//
//   must not end the iterator early: that destroys the request, and the refusal with it. respond.ts closes the connection of
//   a body that was given up on, since nobody will read what is left of it.

import type { Limits } from './limits.ts'
import { Refused } from './refused.ts'
import type { OriginRequest } from './request.ts'

/** Rejects where the client goes away in the middle. */
export async function readBody(request: OriginRequest, limits: Limits): Promise<Uint8Array | Refused> {
  const { 'content-length': declared, 'transfer-encoding': encoding } = request.headers
  if (encoding === undefined && (declared === undefined || declared === '0')) return new Uint8Array(0)
  if (declared !== undefined && !(Number(declared) <= limits.bodyBytes)) return new Refused('size')
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, limits.bodyDeadline, 'late')
  })
  try {
    return await collect(request.body, limits.bodyBytes, late)
  } finally {
    clearTimeout(timer)
  }
}

async function collect(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
  late: Promise<'late'>,
): Promise<Uint8Array | Refused> {
  const reader = body[Symbol.asyncIterator]()
  const chunks: Uint8Array[] = []
  for (let size = 0; ;) {
    const next = await Promise.race([reader.next(), late])
    if (next === 'late') return new Refused('slow')
    if (next.done) return Buffer.concat(chunks)
    size += next.value.length
    if (size > maxBytes) return new Refused('size')
    chunks.push(next.value)
  }
}

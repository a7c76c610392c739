// Reads a request's body within a size and a time, neither of which the client can talk it out of: a declared length is
// refused before a byte is read, an undeclared one as soon as it is passed (CVE-2025-59472). Called by admit.ts.

import type { Limits } from './limits.ts'
import { Refused } from './refused.ts'
import type { ResumeRequest } from './request.ts'

export async function readBody(request: ResumeRequest, limits: Limits): Promise<Uint8Array | Refused> {
  const declared = request.headers['content-length']
  if (declared !== undefined && !(Number(declared) <= limits.bodyBytes)) return new Refused('size')
  const timer = AbortSignal.timeout(limits.bodyDeadline)
  const reader = request.body[Symbol.asyncIterator]()
  const slow = whenAborted(timer)
  const chunks: Uint8Array[] = []
  for (let size = 0; ;) {
    const next = await Promise.race([reader.next(), slow])
    if (next === 'slow') return new Refused('slow')
    if (next.done) return Buffer.concat(chunks)
    size += next.value.length
    if (size > limits.bodyBytes) return new Refused('size')
    chunks.push(next.value)
  }
}

function whenAborted(signal: AbortSignal): Promise<'slow'> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve('slow'), { once: true }))
}

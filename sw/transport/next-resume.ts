// Uses Next's own resume protocol, exactly as in its PPR platform guide ("CDN-to-origin"): a POST to the route with the headers
// of the build's `pprChain` and the raw postponed state as its body. For platforms that implement it themselves; a build must
// choose it (`transport: 'next-resume'`). Passed to navigate.ts by lifecycle/option-extras.ts.

import type { ResumingRecord } from '../../protocol/record/record.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import { isHtml } from './document.ts'
import { isOwnNavigation, postToPage } from './post.ts'
import type { ByteSource, Rest } from './rest.ts'

const DOCUMENT_START = toUtf8('<!DOCTYPE')

/**
 * The protocol has no verdict, so the bytes must tell: a document begins with a doctype, the rest of a shell never does.
 * Rejects if the network does not answer or `signal` aborts.
 */
export async function askByNextResume(
  record: ResumingRecord,
  request: Request,
  signal: AbortSignal,
): Promise<Rest | { readonly kind: 'unanswered' }> {
  if (!isOwnNavigation(request)) return { kind: 'unanswered' }
  const response = await postToPage(request, record.resumeHeaders, record.state, signal)
  if (response.status !== 200 || !isHtml(response) || !response.body) {
    void response.body?.cancel().catch(() => {})
    return { kind: 'unanswered' }
  }
  const reader = response.body.getReader()
  const first = await reader.read()
  const isDocument = !first.done && DOCUMENT_START.every((byte, at) => first.value[at] === byte)
  const body = beginningWith(first, reader)
  const { headers } = response
  return isDocument
    ? { kind: 'document', body, headers, page: response }
    : { kind: 'resumed', body, hasNewer: false, headers }
}

function beginningWith(first: ReadableStreamReadResult<Uint8Array>, reader: ByteSource): ByteSource {
  let next: typeof first | undefined = first
  return {
    closed: reader.closed,
    cancel: (reason) => reader.cancel(reason),
    releaseLock: () => reader.releaseLock(),
    async read() {
      const read = next ?? (await reader.read())
      next = undefined
      return read
    },
  }
}

// Asks the origin to resume a record by POST to the page's own URL: by reference first, with the sealed state where the
// origin does not know the digest. Called by continue-shell.ts.

import { parseVerdict, type Refusal } from '../../protocol/verdict.ts'
import { formatResumeHeader, RESUME_HEADER, VERDICT_HEADER } from '../../protocol/wire.ts'
import type { ResumingRecord } from '../../protocol/record.ts'
import type { ByteSource } from './rest.ts'

export type ResumeAnswer =
  | { readonly kind: 'resumed'; readonly body: ByteSource }
  | { readonly kind: 'refused'; readonly reason: Refusal }
  /** Not an answer of our origin. */
  | { readonly kind: 'unanswered' }

/** Rejects where the network does not answer or `signal` aborts. */
export async function resumeRecord(
  record: ResumingRecord,
  request: Request,
  signal: AbortSignal,
): Promise<ResumeAnswer> {
  const answer = await postResume(record, request, undefined, signal)
  return answer.kind === 'refused' && answer.reason === 'unknown'
    ? postResume(record, request, record.sealedState, signal)
    : answer
}

async function postResume(
  record: ResumingRecord,
  request: Request,
  sealedState: Uint8Array<ArrayBuffer> | undefined,
  signal: AbortSignal,
): Promise<ResumeAnswer> {
  const response = await fetch(request.url, {
    method: 'POST',
    headers: resumeHeaders(record, request),
    body: sealedState ?? null,
    credentials: 'same-origin',
    redirect: 'manual',
    referrer: ownReferrer(request),
    referrerPolicy: request.referrerPolicy,
    signal,
  })
  const answer = readAnswer(response, record)
  if (answer.kind !== 'resumed') void response.body?.cancel().catch(() => {})
  return answer
}

/** Where the visitor came from. Another site cannot be named by a fetch, which would name the worker's script instead. */
function ownReferrer({ referrer, url }: Request): string {
  return referrer.startsWith(`${new URL(url).origin}/`) ? referrer : ''
}

function resumeHeaders(record: ResumingRecord, request: Request): Headers {
  const headers = new Headers({ [RESUME_HEADER]: formatResumeHeader(record) })
  // What the page could read of a plain navigation should be there on a resume.
  for (const name of ['accept', 'accept-language', 'upgrade-insecure-requests']) {
    const value = request.headers.get(name)
    if (value !== null) headers.set(name, value)
  }
  return headers
}

/** A status proves nothing (facts.md, trap): only the verdict, naming the very record that was asked for, does. */
function readAnswer(response: Response, record: ResumingRecord): ResumeAnswer {
  const verdict = parseVerdict(response.headers.get(VERDICT_HEADER))
  if (verdict?.kind === 'refused') return verdict
  const resumed = verdict?.digest === record.digest && response.status === 200 && response.body
  return resumed ? { kind: 'resumed', body: resumed.getReader() } : { kind: 'unanswered' }
}

// Asks the origin to resume a record, by POST to the page's own URL: first by reference, then with the sealed state if the origin does not
// know the digest.

import { isObject, isString, parseJson } from '../../protocol/json-shape.ts'
import type { ShellRecord } from '../../protocol/record/record.ts'
import { parseVerdict, type Refusal } from '../../protocol/verdict.ts'
import { ADDED_HEADER, formatResumeHeader, RESUME_HEADER, VERDICT_HEADER } from '../../protocol/wire.ts'
import { isOwnNavigation, postToPage } from './post.ts'
import type { ByteSource } from './rest.ts'

export type ResumeAnswer =
  /**
   * `headers` are the page's own, as the network would have sent them with it. `hasNewer`: the origin has a newer record than this
   * one, or soon will.
   */
  | { readonly kind: 'resumed'; readonly body: ByteSource; readonly headers: Headers; readonly hasNewer: boolean }
  /** `location` is where the app sends this visitor instead. */
  | { readonly kind: 'refused'; readonly reason: Refusal; readonly location: string | null }
  /** Not a response of our origin, or our origin was not asked (post.ts). */
  | { readonly kind: 'unanswered' }

/** Rejects if the network does not answer or `signal` aborts. */
export async function resumeRecord(record: ShellRecord, request: Request, signal: AbortSignal): Promise<ResumeAnswer> {
  return withState(await postResume(record, request, null, signal), record, request, signal)
}

/** Asks again with the state if `answer` says that the origin does not know the record. */
export async function withState(
  answer: ResumeAnswer,
  record: ShellRecord,
  request: Request,
  signal: AbortSignal,
): Promise<ResumeAnswer> {
  return answer.kind === 'refused' && answer.reason === 'unknown' && record.kind === 'resuming'
    ? postResume(record, request, record.state, signal)
    : answer
}

async function postResume(
  record: ShellRecord,
  request: Request,
  sealedState: Uint8Array<ArrayBuffer> | null,
  signal: AbortSignal,
): Promise<ResumeAnswer> {
  if (!isOwnNavigation(request)) return { kind: 'unanswered' }
  const response = await postToPage(request, [[RESUME_HEADER, formatResumeHeader(record)]], sealedState, signal)
  const answer = readAnswer(response, record)
  if (answer.kind !== 'resumed') void response.body?.cancel().catch(() => {})
  return answer
}

/** A status proves nothing (docs/discoveries/next.md). Only a verdict that names the requested record counts. */
export function readAnswer(response: Response, record: ShellRecord): ResumeAnswer {
  const { status, body, headers } = response
  const verdict = parseVerdict(headers.get(VERDICT_HEADER))
  if (verdict?.kind === 'refused') return { ...verdict, location: headers.get('location') }
  const isResumed = verdict?.kind === 'resumed' && verdict.digest === record.digest && status === 200 && body
  // What is stored under the digest is not what the origin has: some script has written there.
  if (isResumed && verdict.shellHash && verdict.shellHash !== record.shellHash)
    return { kind: 'refused', reason: 'seal', location: null }
  // Must be done before the body is taken: if the head does not parse, the caller drops the body.
  const own = isResumed ? pageHeaders(headers) : undefined
  if (!isResumed || !own) return { kind: 'unanswered' }
  const hasNewer = verdict.current !== record.digest || verdict.isStale
  return { kind: 'resumed', body: body.getReader(), headers: own, hasNewer }
}

const OF_TRANSPORT = ['content-encoding', 'content-length', 'transfer-encoding', VERDICT_HEADER, ADDED_HEADER]

/** The page's own headers, without those of this one transfer: the body that a worker reads is already decoded. */
export function withoutTransport(answered: Headers): Headers {
  const headers = new Headers(answered)
  for (const name of OF_TRANSPORT) headers.delete(name)
  return headers
}

/** Undefined if the head does not parse: then it is not our origin's. */
function pageHeaders(answered: Headers): Headers | undefined {
  const headers = withoutTransport(answered)
  const added = parseJson(answered.get(ADDED_HEADER) ?? '{}')
  if (!isObject(added)) return undefined
  try {
    for (const [name, own] of Object.entries(added)) {
      if (own === null) headers.delete(name)
      else if (isString(own)) headers.set(name, own)
      else return undefined
    }
    return headers
  } catch {
    return undefined
  }
}

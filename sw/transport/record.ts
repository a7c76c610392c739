// Asks the origin for the record of a page, by POST to the page's own URL: the app's proxy sees the visitor's cookies and the page, and
// no record bypasses the proxy.

import { decodeRecord } from '../../protocol/record/record-codec.ts'
import type { ReceivedRecord, Segments, ShellRecord } from '../../protocol/record/record.ts'
import { segmentsInput } from '../../protocol/record/segments.ts'
import { parseVerdict, type Refusal } from '../../protocol/verdict.ts'
import { formatRecordHeader, RECORD_HEADER, VERDICT_HEADER } from '../../protocol/wire.ts'
import { byOwnClock, hashOf } from '../util/record.ts'
import { RECORD_MS } from '../util/timeouts.ts'
import { postToPage } from './post.ts'

export type RecordAnswer =
  /** Without `whole`, the record is the one that the caller has. */
  | {
      readonly kind: 'recorded'
      readonly whole: ReceivedRecord | undefined
      readonly isStale: boolean
      /** With the security headers of the page. */
      readonly headers: Headers
    }
  /** What the caller has under the page's digest is not the page: some script has written to the store. */
  | { readonly kind: 'altered' }
  | { readonly kind: 'refused'; readonly reason: Refusal }
  /** Not a response of our origin. */
  | { readonly kind: 'unanswered' }

/**
 * Rejects if the network does not answer in time, or if the response is not the record that the verdict names.
 *
 * @param segments - The segments stored with the record, if they have been used: if the origin has others, it sends the whole record.
 */
export async function askForRecord(
  request: Request,
  buildId: string,
  stored: Pick<ShellRecord, 'digest' | 'shellHash'> | undefined,
  segments?: Segments,
): Promise<RecordAnswer> {
  const have = stored?.digest
  const question = { buildId, have, segments: have && segments && (await hashOf(segmentsInput(segments))) }
  const ours = [[RECORD_HEADER, formatRecordHeader(question)]] as const
  const response = await postToPage(request, ours, null, AbortSignal.timeout(RECORD_MS))
  const { headers } = response
  const verdict = parseVerdict(headers.get(VERDICT_HEADER))
  if (verdict?.kind !== 'recorded') {
    void response.body?.cancel().catch(() => {})
    return verdict?.kind === 'refused' ? verdict : { kind: 'unanswered' }
  }
  const { digest, isStale, shellHash } = verdict
  if (digest === have && shellHash && shellHash !== stored?.shellHash) return { kind: 'altered' }
  const frame = new Uint8Array(await response.arrayBuffer())
  if (digest === have && frame.length === 0) return { kind: 'recorded', whole: undefined, isStale, headers }
  const decoded = decodeRecord(frame)
  if (!decoded.ok || decoded.record.digest !== digest || decoded.record.buildId !== buildId)
    throw new Error('another record')
  if ((await hashOf(decoded.record.shell)) !== decoded.record.shellHash)
    throw new Error('the shell differs from its hash')
  const record = byOwnClock(decoded.record, headers, Date.now())
  return { kind: 'recorded', whole: { ...decoded, record }, isStale, headers }
}

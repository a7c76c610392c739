// Reads what a request asks for from its headers and its body. Whether it may have that is decided in admit.ts.

import type { IncomingHttpHeaders } from 'node:http'

import type { Digest } from '../../protocol/digest.ts'
import {
  parseRecordHeader,
  parseResumeHeader,
  RECORD_HEADER,
  RESUME_HEADER,
  STATE_LENGTH_HEADER,
} from '../../protocol/wire.ts'

/** The rest of one shell, the response of a server action that follows a state, or the record of the page. */
export type ResumeIntent = RenderIntent | RecordIntent

export type RenderIntent = {
  readonly digest: Digest
  /** Empty if the record is named by its digest alone. */
  readonly sealedState: Uint8Array
} & ({ readonly kind: 'resume' } | { readonly kind: 'action'; readonly body: Uint8Array })

export type RecordIntent = {
  readonly kind: 'record'
  /** The record that the browser already has. */
  readonly have: Digest | undefined
  /** The hash of its segments, if those must be compared, too. */
  readonly segments?: Digest | undefined
}

/** Only a server action has `stateBytes`. */
export type Question = { readonly buildId: string } & (
  | { readonly kind: 'render'; readonly digest: Digest; readonly stateBytes: number | undefined }
  | RecordIntent
)

export function readQuestion(headers: IncomingHttpHeaders): Question | undefined {
  const [resume, record, length] = [headers[RESUME_HEADER], headers[RECORD_HEADER], headers[STATE_LENGTH_HEADER]]
  if (resume !== undefined && record === undefined) {
    const reference = parseResumeHeader(String(resume))
    const stateBytes = headers['next-action'] === undefined ? undefined : readLength(length)
    return reference && stateBytes !== null ? { kind: 'render', ...reference, stateBytes } : undefined
  }
  const question = resume === undefined ? parseRecordHeader(String(record)) : undefined
  return question && { kind: 'record', ...question }
}

/** null if the value is not a length. */
function readLength(value: string | readonly string[] | undefined): number | null {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : null
}

/** The parts of a body; undefined if it is shorter than its state should be. */
export function toResumeIntent(question: Question, body: Uint8Array): ResumeIntent | undefined {
  if (question.kind === 'record') return question
  const { digest, stateBytes } = question
  if (stateBytes === undefined) return { kind: 'resume', digest, sealedState: body }
  if (stateBytes > body.length) return undefined
  return { kind: 'action', digest, sealedState: body.subarray(0, stateBytes), body: body.subarray(stateBytes) }
}

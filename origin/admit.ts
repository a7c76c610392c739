// The gate: lets in what is in the form of a resume from a page of this origin, for the build that runs here. Called by
// handle.ts. What it lets in carries no header and no parameter that means something to Next alone.

import type { IncomingHttpHeaders } from 'node:http'

import { canonicalPath } from '../protocol/route-match.ts'
import { parseRecordHeader, parseResumeHeader, RECORD_HEADER, RESUME_HEADER } from '../protocol/wire.ts'
import type { Digest } from '../protocol/digest.ts'
import type { Bypass } from './bypass.ts'
import type { KnownRecords } from './known-records.ts'
import type { Limits } from './limits.ts'
import { readBody } from './read-body.ts'
import { isRefused, Refused } from './refused.ts'
import type { OriginRequest } from './request.ts'
import { stripHeaders, stripQuery } from './strip.ts'

/** What the gate must know of the app. */
export type Gate = {
  readonly buildId: string
  readonly limits: Limits
  readonly known: KnownRecords
  /** Whether Next serves this visitor from no shell. */
  readonly bypasses: Bypass
}

/** What a request asks for: the rest of one shell, or the record of the page. */
export type Wanted = WantedResume | { readonly kind: 'record' }

export type WantedResume = {
  readonly kind: 'resume'
  readonly digest: Digest
  /** Empty where the record is named by its digest alone. */
  readonly sealedState: Uint8Array
}

/** A request that passed the gate. Only {@link Admitted.admit} makes one. */
export class Admitted {
  declare protected readonly stage: 'admitted'
  /** Path and query of the page. */
  readonly target: string
  readonly headers: IncomingHttpHeaders
  readonly wanted: Wanted

  private constructor(request: OriginRequest, wanted: Wanted) {
    this.target = stripQuery(request.target)
    this.headers = stripHeaders(request.headers)
    this.wanted = wanted
  }

  static async admit(request: OriginRequest, gate: Gate): Promise<Admitted | Refused> {
    if (request.method !== 'POST') return new Refused('method')
    if (isForeign(request.headers)) return new Refused('foreign')
    if (request.headers['content-encoding'] !== undefined) return new Refused('encoding')
    if (isAction(request.headers) || gate.bypasses(request.headers)) return new Refused('bypass')
    const asked = readQuestion(request.headers)
    if (!asked || !isPageTarget(request.target)) return new Refused('malformed')
    if (asked.buildId !== gate.buildId) return new Refused('build')
    if (isPlaceholder(request.target)) return new Refused('absent')
    const body = await readBody(request, gate.limits)
    if (isRefused(body)) return body
    if (asked.digest === undefined) return new Admitted(request, { kind: 'record' })
    // Nothing to render from: no reason to trouble the app's proxy.
    if (!gate.known.get(asked.digest) && body.length === 0) return new Refused('unknown')
    return new Admitted(request, { kind: 'resume', digest: asked.digest, sealedState: body })
  }
}

/** Without a digest it is the record that is asked for. */
type Question = { readonly buildId: string; readonly digest: Digest | undefined }

function readQuestion(headers: IncomingHttpHeaders): Question | undefined {
  const [resume, record] = [headers[RESUME_HEADER], headers[RECORD_HEADER]]
  if (resume !== undefined) return record === undefined ? parseResumeHeader(String(resume)) : undefined
  const buildId = parseRecordHeader(String(record))
  return buildId === undefined ? undefined : { buildId, digest: undefined }
}

/**
 * Our header already keeps forms out and makes other origins ask first (CORS); a browser's own word on where a request comes
 * from is believed where it is given. A navigation is never a resume.
 */
function isForeign(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site']
  const mode = headers['sec-fetch-mode']
  return (
    (site !== undefined && site !== 'same-origin') || (mode !== undefined && mode !== 'cors' && mode !== 'same-origin')
  )
}

/** A server action must reach Next as itself: its body is not a state (CVE-2026-44579). */
function isAction(headers: IncomingHttpHeaders): boolean {
  return headers['next-action'] !== undefined || /^multipart\//i.test(headers['content-type'] ?? '')
}

/** No broken escape, dot segment, encoded slash, control character or fragment: two readers could take those for two pages. */
function isPageTarget(target: string): boolean {
  const path = target.split('?', 1)[0] ?? ''
  return !target.includes('#') && !path.startsWith('//') && (path === '/' || canonicalPath(path) !== undefined)
}

/** `/products/[slug]` as a path: no page has it, and Next would make a shell for it (reference/reliability.md B17). */
function isPlaceholder(target: string): boolean {
  return /(?:\[|%5B).*(?:\]|%5D)/i.test(target.split('?', 1)[0] ?? '')
}

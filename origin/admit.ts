// The gate: lets in what is in the form of a resume from a page of this origin, for the build that runs here. Called by
// handle.ts. What it lets in carries no header and no parameter that means something to Next alone.

import type { IncomingHttpHeaders } from 'node:http'

import { parseResumeHeader, RESUME_HEADER } from '../protocol/wire.ts'
import type { Digest } from '../protocol/digest.ts'
import type { Limits } from './limits.ts'
import { readBody } from './read-body.ts'
import { isRefused, Refused } from './refused.ts'
import type { ResumeRequest } from './request.ts'
import { stripHeaders, stripQuery } from './strip.ts'

/** What the gate must know of the app. */
export type Gate = {
  readonly buildId: string
  readonly limits: Limits
  /** Whether Next gives this visitor a document that begins with no shell. */
  readonly isLimitedBot: (userAgent: string) => boolean
}

/** A request that passed the gate. Only {@link Admitted.admit} makes one. */
export class Admitted {
  declare protected readonly stage: 'admitted'
  readonly digest: Digest
  /** Path and query of the page. */
  readonly target: string
  readonly headers: IncomingHttpHeaders
  /** Empty where the record is named by its digest alone. */
  readonly sealedState: Uint8Array

  private constructor(digest: Digest, request: ResumeRequest, sealedState: Uint8Array) {
    this.digest = digest
    this.target = stripQuery(request.target)
    this.headers = stripHeaders(request.headers)
    this.sealedState = sealedState
  }

  static async admit(request: ResumeRequest, gate: Gate): Promise<Admitted | Refused> {
    if (request.method !== 'POST') return new Refused('method')
    if (isForeign(request.headers)) return new Refused('foreign')
    if (request.headers['content-encoding'] !== undefined) return new Refused('encoding')
    if (isAction(request.headers) || isUncached(request.headers, gate)) return new Refused('bypass')
    const reference = parseResumeHeader(String(request.headers[RESUME_HEADER]))
    if (!reference || request.target.includes('#')) return new Refused('malformed')
    if (reference.buildId !== gate.buildId) return new Refused('build')
    const body = await readBody(request, gate.limits)
    return isRefused(body) ? body : new Admitted(reference.digest, request, body)
  }
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

/**
 * Draft mode and bots that read no streamed metadata get documents of their own from Next, no shell and its rest. Whether the
 * cookie is the right one is Next's to say, on the plain document.
 */
function isUncached(headers: IncomingHttpHeaders, gate: Gate): boolean {
  return /(?:^|;\s*)__prerender_bypass=/.test(headers.cookie ?? '') || gate.isLimitedBot(headers['user-agent'] ?? '')
}

// The gate: admits a request that has the form of a resume from a page of this origin, for the build that runs here. An admitted request
// carries no header and no parameter that means something to Next alone.

import type { IncomingHttpHeaders } from 'node:http'

import { canonicalPath } from '../../protocol/build/route-match.ts'
import { RECORD_HEADER } from '../../protocol/wire.ts'
import type { Bypass } from './bypass.ts'
import type { Limits } from './limits.ts'
import { type BodyLoad, readBody } from './read-body.ts'
import { isRefused, Refused } from './refused.ts'
import type { OriginRequest } from './request.ts'
import { stripHeaders, stripQuery, toActionHeaders } from './strip.ts'
import { type Question, readQuestion, toResumeIntent, type ResumeIntent } from './resume-intent.ts'

/** What the gate must know about the app. */
export type Gate = {
  readonly buildId: string
  readonly limits: Limits
  readonly bodies: BodyLoad
  /** Whether Next serves this visitor without a shell. */
  readonly bypasses: Bypass
  /** Bytes of the largest body of a server action that follows a state; undefined if the app does not want any. */
  readonly actionBytes: number | undefined
  /** Whether a target can never be a page: the path of a route handler that no rule leads elsewhere. Next is not asked then. */
  readonly canNeverBePage: (target: string) => boolean
}

/** A request that passed the gate. Only {@link Admitted.admit} makes one. */
export class Admitted {
  declare protected readonly stage: 'admitted'
  /** Path and query of the page. */
  readonly target: string
  readonly headers: IncomingHttpHeaders
  readonly wanted: ResumeIntent

  private constructor(request: OriginRequest, wanted: ResumeIntent) {
    this.target = stripQuery(request.target)
    this.headers = wanted.kind === 'action' ? toActionHeaders(request.headers) : stripHeaders(request.headers)
    this.wanted = wanted
  }

  static async admit(request: OriginRequest, gate: Gate): Promise<Admitted | Refused> {
    if (isForeign(request.headers)) return new Refused('foreign')
    if (request.headers['content-encoding'] !== undefined) return new Refused('encoding')
    if (isBypassed(request.headers, gate)) return new Refused('bypass')
    const asked = readQuestion(request.headers)
    if (!asked || !isPageTarget(request.target)) return new Refused('malformed')
    if (asked.buildId !== gate.buildId) return new Refused('build')
    if (isPlaceholder(request.target)) return new Refused('absent')
    if (gate.canNeverBePage(request.target)) return new Refused('route')
    const body = await readBody(request, limitsFor(asked, gate), gate.bodies)
    const wanted = isRefused(body) ? body : toResumeIntent(asked, body)
    if (wanted === undefined) return new Refused('malformed')
    if (isRefused(wanted)) return wanted
    return new Admitted(request, wanted)
  }
}

/**
 * Our header already keeps forms out and makes other origins ask first (CORS). If the browser says where a request comes from, its word
 * counts too. A navigation is never a resume.
 */
function isForeign(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site']
  const mode = headers['sec-fetch-mode']
  return (
    (site !== undefined && site !== 'same-origin') || (mode !== undefined && mode !== 'cors' && mode !== 'same-origin')
  )
}

/**
 * Draft mode and bots have documents of their own. A server action must reach Next as itself: its body is not a state
 * (CVE-2026-44579). Only an app that asked for it (option `actions`) has actions that follow a state.
 */
function isBypassed(headers: IncomingHttpHeaders, { bypasses, actionBytes }: Gate): boolean {
  const isAction = headers['next-action'] !== undefined
  if (isAction && actionBytes !== undefined && headers[RECORD_HEADER] === undefined)
    return bypasses(withoutAction(headers))
  return isAction || /^multipart\//i.test(headers['content-type'] ?? '') || bypasses(headers)
}

/** Next's own rules name both headers as reasons against a shell; here they are not. */
function withoutAction({ 'next-action': _action, 'content-type': _type, ...others }: IncomingHttpHeaders) {
  return others
}

function limitsFor(asked: Question, { limits, actionBytes = 0 }: Gate): Limits {
  return asked.kind === 'record' || asked.stateBytes === undefined
    ? limits
    : { ...limits, bodyBytes: limits.bodyBytes + actionBytes }
}

/** No broken escape, dot segment, encoded slash, control character or fragment: two parsers could read those as two different pages. */
function isPageTarget(target: string): boolean {
  const path = target.split('?', 1)[0] ?? ''
  return !target.includes('#') && !path.startsWith('//') && (path === '/' || canonicalPath(path) !== undefined)
}

/** `/products/[slug]` as a path: no page has it, and Next would make a shell for it (e2e/specs/security/bad-input.ts B17). */
function isPlaceholder(target: string): boolean {
  const path = target.split('?', 1)[0] ?? ''
  const opened = path.search(/\[|%5B/i)
  // Two searches: a single expression would go back to each bracket of a path that is full of them.
  return opened !== -1 && /\]|%5D/i.test(path.slice(opened))
}

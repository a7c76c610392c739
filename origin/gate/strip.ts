// Removes what no request from outside may tell Next. Next's server strips the headers that it knows of, too. The gate does not rely on
// that: each header that got past it was an advisory (CVE-2025-29927, CVE-2026-44574; docs/discoveries/next.md).

import type { IncomingHttpHeaders } from 'node:http'

import { RECORD_HEADER, RESUME_HEADER, STATE_LENGTH_HEADER } from '../../protocol/wire.ts'

/**
 * `server/lib/server-ipc/utils.js` of Next names the first eleven. The others were seen to change what an entrypoint renders,
 * or describe a body and a cache that the page's own GET does not have.
 */
const STRIPPED = new Set([
  'x-middleware-rewrite',
  'x-middleware-redirect',
  'x-middleware-set-cookie',
  'x-middleware-skip',
  'x-middleware-override-headers',
  'x-middleware-next',
  'x-now-route-matches',
  'x-matched-path',
  'x-nextjs-data',
  STATE_LENGTH_HEADER,
  'next-resume',
  'x-middleware-subrequest',
  'rsc',
  'next-action',
  'next-url',
  'x-action-forwarded',
  'x-invocation-id',
  'range',
  'origin',
  'expect',
  'transfer-encoding',
  RESUME_HEADER,
  RECORD_HEADER,
])
const STRIPPED_PREFIXES = [
  'next-router-',
  'x-prerender-revalidate',
  'x-next-',
  'x-invoke-',
  'x-middleware-',
  'if-',
  'content-',
]

/** The headers that the page may see. */
export function stripHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !isInternalHeader(name)))
}

/**
 * The headers that the server action would have had without us, for Next's server to strip as it strips any action's. Our headers are
 * removed, and the length, which was that of state and body together.
 */
export function toActionHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const ours = [RESUME_HEADER, STATE_LENGTH_HEADER, 'content-length', 'transfer-encoding', 'expect']
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ours.includes(name)))
}

export function isInternalHeader(name: string): boolean {
  const lower = name.toLowerCase()
  return STRIPPED.has(lower) || STRIPPED_PREFIXES.some((prefix) => lower.startsWith(prefix))
}

/** The target without Next's own parameters; the rest of the query stays unchanged, byte for byte. */
export function stripQuery(target: string): string {
  const at = target.indexOf('?')
  if (at === -1) return target
  const kept = target
    .slice(at + 1)
    .split('&')
    .filter((pair) => !isInternalParameter(pair))
  return kept.length === 0 ? target.slice(0, at) : `${target.slice(0, at)}?${kept.join('&')}`
}

/** The name is read as Next reads it: percent-decoded, `+` for a space. */
function isInternalParameter(pair: string): boolean {
  // URLSearchParams would drop a leading `?`, which is part of the name here.
  const [name] = new URLSearchParams(`&${pair}`).keys()
  return name !== undefined && /^(?:nxt[PI].|_rsc$)/s.test(name)
}

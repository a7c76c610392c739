// The headers of a record: what plain `next start` sends with the page, security headers of `next.config` above all
// (design.md, invariant 7). Called by classify.ts, which takes a route off where they cannot be known at build.

import type { HeaderList } from '../protocol/record.ts'
import { isDynamic } from '../protocol/route-match.ts'
import { type BuildContext, type PathRule, toPathRule } from './build-context.ts'
import type { Candidate } from './collect.ts'
import { overlapOf } from './path-overlap.ts'

export type HeaderRule = PathRule & { readonly headers: HeaderList }

/** The headers, or why they are not known before the request. */
export type KnownHeaders =
  | { readonly ok: true; readonly headers: HeaderList }
  | { readonly ok: false; readonly reason: string }

/** The rules of `headers()`. A rule with a status is a redirect. */
export function headerRules({ routing }: BuildContext): readonly HeaderRule[] {
  return routing.beforeMiddleware
    .filter((rule) => rule.headers && rule.status === undefined)
    .map((rule) => ({ ...toPathRule(rule), headers: toPairs(rule.headers) }))
}

export function headersOf(candidate: Candidate, rules: readonly HeaderRule[], context: BuildContext): KnownHeaders {
  const { basePath, poweredByHeader } = context.config
  const headers = new Map(pageHeaders(candidate, poweredByHeader))
  for (const rule of rules) {
    const overlap = overlapOf(rule, candidate.key, basePath)
    if (overlap === 'none') continue
    if (rule.conditional) return unknown('a rule of headers() depends on the request')
    if (overlap === 'some') return unknown('a rule of headers() matches some of its paths')
    for (const [name, value] of rule.headers) {
      if (isDynamic(candidate.key) && /\$\d/.test(value))
        return unknown('a rule of headers() repeats a part of the path')
      headers.set(name, fill(value, rule.regex, basePath + candidate.key))
    }
  }
  if (headers.has('set-cookie')) return unknown('its response sets a cookie')
  return { ok: true, headers: [...headers] }
}

function unknown(reason: string): KnownHeaders {
  return { ok: false, reason }
}

/** `$1` stands for what the rule's first group matched. */
function fill(value: string, regex: RegExp, path: string): string {
  const groups = regex.exec(path) ?? []
  return value.replace(/\$(\d+)/g, (_whole, group: string) => groups[Number(group)] ?? '')
}

/** Next keeps the tags to itself, and a fallback that it upgrades goes out without what only a finished page has. */
const KEPT_BACK = ['x-next-cache-tags']
const KEPT_BACK_OF_UPGRADED = [...KEPT_BACK, 'link', 'x-nextjs-prerender']

/** What Next itself sends with a prerendered page; seen on 16.4.6 and compared with the network's by e2e. */
function pageHeaders(candidate: Candidate, poweredBy: boolean): HeaderList {
  const keptBack = candidate.isUpgraded ? KEPT_BACK_OF_UPGRADED : KEPT_BACK
  const own = candidate.headers.filter(([name]) => !keptBack.includes(name))
  const postponed: HeaderList = candidate.postponedState === undefined ? [] : [['x-nextjs-postponed', '1']]
  const powered: HeaderList = poweredBy ? [['x-powered-by', 'Next.js']] : []
  return [...own, ...postponed, ...powered, ['cache-control', cacheControlOf(candidate)]]
}

/** As Next's `getCacheControlHeader` has it for static pages, and what it sends with a page that has holes. */
function cacheControlOf({ postponedState, lifetime: { revalidate, expire } }: Candidate): string {
  if (postponedState !== undefined) return 'private, no-cache, no-store, max-age=0, must-revalidate'
  if (revalidate === undefined) return 's-maxage=31536000'
  const stale = expire !== undefined && expire > revalidate ? `, stale-while-revalidate=${expire - revalidate}` : ''
  return `s-maxage=${revalidate}${stale}`
}

function toPairs(headers: Record<string, string> | undefined): HeaderList {
  return Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])
}

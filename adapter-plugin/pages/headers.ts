// The headers of a record: what plain `next start` sends with the page, security headers of `next.config` above all (docs/architecture.md,
// invariant 7). A page whose headers cannot be known at build is gated.

import { cacheControlOf } from '../../protocol/build/cache-control.ts'
import { isSecurityHeader } from '../../protocol/build/host-headers.ts'
import type { HeaderList } from '../../protocol/record/record.ts'
import { isDynamic } from '../../protocol/build/route-match.ts'
import { WORKER_PATH } from '../../protocol/wire.ts'
import { type BuildContext, isForRouter, type PathRule, toPathRule } from '../build-context.ts'
import type { Candidate } from './collect.ts'
import { type Exception, toException } from './rules/exceptions.ts'
import { withoutOwn } from './rules/own-paths.ts'
import { type Overlap, overlapOf, requestPath } from './rules/path-overlap.ts'

type HeaderRule = PathRule & { readonly headers: HeaderList }

/** What changes the headers of a response. */
export type ResponseRules = {
  readonly headers: readonly HeaderRule[]
  /** Pages that the router may be shown an intercepting route for. */
  readonly intercepting: readonly PathRule[]
}

/** The headers, or why they are not known before the request. */
export type KnownHeaders =
  | {
      readonly ok: true
      readonly headers: HeaderList
      readonly except: readonly Exception[]
      readonly isIntercepted: boolean
    }
  | { readonly ok: false; readonly reason: string }

export function responseRules(context: BuildContext): ResponseRules {
  const { beforeMiddleware, beforeFiles } = context.routing
  return {
    // A rule with a status is a redirect.
    headers: withoutOwn(beforeMiddleware, context)
      .filter((rule) => rule.headers && rule.status === undefined)
      .map((rule) => ({ ...toPathRule(rule), headers: toPairs(rule.headers) })),
    intercepting: beforeFiles.filter(isForRouter).map(toPathRule),
  }
}

/** Security headers that rules of `headers()` may give the worker's own script. */
export function scriptHeadersOf({ routing, config }: BuildContext): HeaderList {
  return routing.beforeMiddleware
    .flatMap((rule) => {
      const groups = toPathRule(rule).regex.exec(config.basePath + WORKER_PATH)
      return groups ? toPairs(rule.headers).map(([name, value]): [string, string] => [name, fill(value, groups)]) : []
    })
    .filter(([name]) => isSecurityHeader(name))
}

/** What the page sends of itself; all that is known of a gated page before its verdict. */
export function ownHeadersOf(candidate: Candidate, { config }: BuildContext): HeaderList {
  return pageHeaders(candidate, config.poweredByHeader)
}

export function headersOf(candidate: Candidate, rules: ResponseRules, { config }: BuildContext): KnownHeaders {
  const ruled = new Map<string, string>()
  const except: Exception[] = []
  for (const rule of rules.headers) {
    const overlap = overlapOf(rule, candidate.key, config)
    if (overlap === 'none') continue
    const exception =
      overlap === 'some' ? toException(rule, candidate.key, 'a rule of headers() is for it', config) : undefined
    if (exception) {
      except.push(exception)
      continue
    }
    if (rule.conditional) return unknown('a rule of headers() depends on the request')
    if (overlap === 'some') return unknown('a rule of headers() matches some of its paths')
    if (!isPlain(candidate.key) && rule.headers.flat().some((text) => /\$\d/.test(text)))
      return unknown('a rule of headers() repeats a part of the path')
    const groups = rule.regex.exec(requestPath(candidate.key, config)) ?? []
    // Next lets the last rule win.
    for (const [name, value] of rule.headers) ruled.set(fill(name, groups).toLowerCase(), fill(value, groups))
  }
  const overlaps = rules.intercepting.map((rule) => overlapOf(rule, candidate.key, config))
  const own = pageHeaders(candidate, config.poweredByHeader)
  const headers = joinHeaders([...ruled], isVaried(candidate.key, overlaps) ? own.map(varyOnRouter) : own)
  if (headers.some(([name]) => name === 'set-cookie')) return unknown('its response sets a cookie')
  return { ok: true, headers, except, isIntercepted: overlaps.some((overlap) => overlap !== 'none') }
}

/** Next sets these when the rules have been applied. */
const SET_LAST = ['vary', 'x-powered-by']

/** The rule's value where both name a header, but for what Next sets last; it adds a page's `link` to that of a rule. */
function joinHeaders(ruled: HeaderList, own: HeaderList): HeaderList {
  const [byRule, byPage] = [namesOf(ruled), namesOf(own)]
  return [
    ...ruled.filter(([name]) => !(SET_LAST.includes(name) && byPage.has(name))),
    ...own.filter(([name]) => !byRule.has(name) || SET_LAST.includes(name) || name === 'link'),
  ]
}

/** Next asks the path. Where a rule is for some paths of a pattern, the header is that of its others, which are more. */
function isVaried(key: string, overlaps: readonly Overlap[]): boolean {
  return overlaps.some((overlap) => overlap === 'all' || (overlap === 'some' && !isDynamic(key)))
}

/** What the router gets for such a path depends on the page that it comes from. */
function varyOnRouter([name, value]: HeaderList[number]): HeaderList[number] {
  return [name, name === 'vary' ? `${value}, next-url` : value]
}

function namesOf(headers: HeaderList): ReadonlySet<string> {
  return new Set(headers.map(([name]) => name))
}

/** A concrete path of ASCII letters: what a rule repeats of it is spelled in one way only. */
function isPlain(key: string): boolean {
  return !isDynamic(key) && !key.includes('%')
}

function unknown(reason: string): KnownHeaders {
  return { ok: false, reason }
}

/** `$1` stands for what the rule's first group matched; a number beyond the groups is the app's own text. */
function fill(text: string, groups: readonly (string | undefined)[]): string {
  return text.replace(/\$(\d+)/g, (whole, group: string) =>
    Number(group) < groups.length ? (groups[Number(group)] ?? '') : whole,
  )
}

/** Next keeps the tags to itself, and a fallback that it upgrades goes out without what only a finished page has. */
const KEPT_BACK = ['x-next-cache-tags']
const KEPT_BACK_OF_UPGRADED = [...KEPT_BACK, 'link', 'x-nextjs-prerender']

/** What Next itself sends with a prerendered page; seen on 16.4.6 and compared with the network's by e2e. */
function pageHeaders(candidate: Candidate, poweredBy: boolean): HeaderList {
  const keptBack = candidate.isUpgraded ? KEPT_BACK_OF_UPGRADED : KEPT_BACK
  const postponed: HeaderList = candidate.postponedState === undefined ? [] : [['x-nextjs-postponed', '1']]
  const powered: HeaderList = poweredBy ? [['x-powered-by', 'Next.js']] : []
  const { postponedState, lifetime, key } = candidate
  // Next takes it off a route's shell that it shows for a path, and of one with holes says that no one may keep it.
  const isKept = postponedState !== undefined || !isDynamic(key)
  const caching: HeaderList = isKept ? [['cache-control', cacheControlOf(postponedState !== undefined, lifetime)]] : []
  const added: HeaderList = [...postponed, ...powered, ...caching]
  return [...candidate.headers.filter(([name]) => !keptBack.includes(name) && !namesOf(added).has(name)), ...added]
}

function toPairs(headers: Record<string, string> | undefined): HeaderList {
  return Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])
}

// Works out the headers of a record: those that plain `next start` sends with the page, above all the security headers of `next.config`
// (docs/architecture.md, invariant 7). A page whose headers cannot be known at build time is gated.

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
  /** Pages for which the router may get an intercepting route. */
  readonly intercepting: readonly PathRule[]
}

/** The headers, or why they cannot be known before the request. */
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

/** Security headers that rules of `headers()` may add to the worker's own script. */
export function scriptHeadersOf({ routing, config }: BuildContext): HeaderList {
  return routing.beforeMiddleware
    .flatMap((rule) => {
      const groups = toPathRule(rule).regex.exec(config.basePath + WORKER_PATH)
      return groups ? toPairs(rule.headers).map(([name, value]): [string, string] => [name, fill(value, groups)]) : []
    })
    .filter(([name]) => isSecurityHeader(name))
}

/** The page's own headers. Before the verdict, a gated page's other headers are unknown. */
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

/** Next sets these after it has applied the rules. */
const SET_LAST = ['vary', 'x-powered-by']

/** If both have a header, the rule wins, except for those that Next sets last. Next adds a page's `link` to that of a rule. */
function joinHeaders(ruled: HeaderList, own: HeaderList): HeaderList {
  const [byRule, byPage] = [namesOf(ruled), namesOf(own)]
  return [
    ...ruled.filter(([name]) => !(SET_LAST.includes(name) && byPage.has(name))),
    ...own.filter(([name]) => !byRule.has(name) || SET_LAST.includes(name) || name === 'link'),
  ]
}

/** Next decides by the path. If a rule is for some paths of a pattern, the record has the header of its other paths, which are more. */
function isVaried(key: string, overlaps: readonly Overlap[]): boolean {
  return overlaps.some((overlap) => overlap === 'all' || (overlap === 'some' && !isDynamic(key)))
}

/** What the router gets for such a path depends on the page from which it navigates. */
function varyOnRouter([name, value]: HeaderList[number]): HeaderList[number] {
  return [name, name === 'vary' ? `${value}, next-url` : value]
}

function namesOf(headers: HeaderList): ReadonlySet<string> {
  return new Set(headers.map(([name]) => name))
}

/** A concrete path without escapes: a part of it that a rule repeats has only one spelling. */
function isPlain(key: string): boolean {
  return !isDynamic(key) && !key.includes('%')
}

function unknown(reason: string): KnownHeaders {
  return { ok: false, reason }
}

/** `$1` stands for the match of the rule's first group. A number without a group is text of the app. */
function fill(text: string, groups: readonly (string | undefined)[]): string {
  return text.replace(/\$(\d+)/g, (whole, group: string) =>
    Number(group) < groups.length ? (groups[Number(group)] ?? '') : whole,
  )
}

/** Next does not send the tags. It sends a fallback that it upgrades without the headers that only a finished page has. */
const KEPT_BACK = ['x-next-cache-tags']
const KEPT_BACK_OF_UPGRADED = [...KEPT_BACK, 'link', 'x-nextjs-prerender']

/** The headers that Next itself sends with a prerendered page, as seen in 16.4.6. e2e compares them with the network's. */
function pageHeaders(candidate: Candidate, poweredBy: boolean): HeaderList {
  const keptBack = candidate.isUpgraded ? KEPT_BACK_OF_UPGRADED : KEPT_BACK
  const postponed: HeaderList = candidate.postponedState === undefined ? [] : [['x-nextjs-postponed', '1']]
  const powered: HeaderList = poweredBy ? [['x-powered-by', 'Next.js']] : []
  const { postponedState, lifetime, key } = candidate
  // Next removes `cache-control` from a route's shell that it shows for a path. If the shell has holes, it forbids caching instead.
  const isKept = postponedState !== undefined || !isDynamic(key)
  const caching: HeaderList = isKept ? [['cache-control', cacheControlOf(postponedState !== undefined, lifetime)]] : []
  const added: HeaderList = [...postponed, ...powered, ...caching]
  return [...candidate.headers.filter(([name]) => !keptBack.includes(name) && !namesOf(added).has(name)), ...added]
}

function toPairs(headers: Record<string, string> | undefined): HeaderList {
  return Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])
}

// Decides how each candidate is served, and why. A page is `instant` only if nothing that Next does for a request (a proxy, a
// redirect, a rewrite, a conditional header) could make the response differ from the record. Otherwise it is `gated`: shown only
// after the origin's verdict, with the headers of that response. Pure.

import type { HeaderList } from '../../protocol/record/record.ts'
import { UNSUITABLE_PATH } from '../../protocol/build/limits.ts'
import { canonicalPath, isDynamic } from '../../protocol/build/route-match.ts'
import { isBypassedByBrowsers } from './rules/bypassed.ts'
import { type BuildContext, isForRouter, type PathRule, proxyRules, toPathRule } from '../build-context.ts'
import type { Candidate } from './collect.ts'
import { fitsRequest } from '../../seal/seal.ts'
import { areFew, type Exception, toException } from './rules/exceptions.ts'
import { headersOf, ownHeadersOf, responseRules, type ResponseRules } from './headers.ts'
import type { Settings } from '../config/options.ts'
import { wishFor } from '../config/route-modes.ts'
import { withoutOutgrown } from './outgrown-shells.ts'
import { withoutOwn } from './rules/own-paths.ts'
import { overlapOf } from './rules/path-overlap.ts'
import { isWithoutShell, pagesOfOtherRouter, routesWithoutShell } from './without-shell.ts'

export type Classified = { readonly candidate: Candidate; readonly reason: string } & (
  | {
      readonly mode: 'instant' | 'gated'
      readonly headers: HeaderList
      readonly except: readonly Exception[]
      /** What the router gets for this page, or for some of its paths, may depend on the page from which it navigates. */
      readonly isIntercepted?: boolean
    }
  | { readonly mode: 'off' }
)

/** A page of which browsers may get a record. */
export type Served = Exclude<Classified, { mode: 'off' }>

export function isServed(page: Classified): page is Served {
  return page.mode !== 'off'
}

type Rules = {
  readonly proxy: readonly PathRule[]
  readonly hasEdgeProxy: boolean
  readonly redirects: readonly PathRule[]
  readonly rewrites: readonly PathRule[]
  /** Next asks these only before dynamic routes: a page with its own path comes first. */
  readonly rewritesAfterFiles: readonly PathRule[]
} & ResponseRules

export function classify(
  candidates: readonly Candidate[],
  context: BuildContext,
  settings: Settings,
): readonly Classified[] {
  const rules = readRules(context)
  const found = candidates.map((candidate) => classifyOne(candidate, rules, context, settings))
  const withShell = storesVisited(settings) ? withoutOutgrown(found, settings) : found
  const withoutShell = routesWithoutShell(candidates, context).map((candidate) => {
    const reason = whyNeverStored(candidate, withShell, settings)
    return reason === undefined
      ? classifyOne(candidate, rules, context, settings)
      : ({ candidate, mode: 'off', reason } as const)
  })
  const others = pagesOfOtherRouter(context).map(
    (candidate) => ({ candidate, mode: 'off', reason: 'a page of the Pages Router' }) as const,
  )
  return [...withShell, ...withoutShell, ...others]
}

/**
 * A path of a pattern without a shell gets a record when it is visited, if Next prerenders such paths. It does if it has prerendered
 * others. Our origin models the record on theirs.
 */
function whyNeverStored(
  { key, route }: Candidate,
  withShell: readonly Classified[],
  settings: Settings,
): string | undefined {
  const siblings = withShell.filter(
    ({ candidate }) => candidate.route === route && candidate.status === 200 && !isWithoutShell(candidate),
  )
  const [sibling] = siblings
  if (!sibling || !isDynamic(key)) return 'nothing of it is prerendered'
  if (!siblings.some(isServed)) return sibling.reason
  return storesVisited(settings) ? undefined : 'no fallback shell'
}

/** Whether a page without a record gets one when it is visited: only our origin makes such records. */
function storesVisited({ transport, maxConcretePages }: Settings): boolean {
  return transport === 'auto' && maxConcretePages > 0
}

function classifyOne(candidate: Candidate, rules: Rules, context: BuildContext, settings: Settings): Classified {
  const wish = wishFor(candidate, settings.routes)
  const obstacle = obstacleTo(candidate, rules, context, settings)
  if (obstacle !== undefined || wish === 'off') {
    return { candidate, mode: 'off', reason: obstacle ?? 'an option says so' }
  }
  const { guard, except } = guardOf(candidate, rules, context)
  const known = headersOf(candidate, rules, context)
  const gated = (reason: string): Classified => {
    // Only our origin gives the verdict that a gated page needs.
    if (settings.transport !== 'auto') return { candidate, mode: 'off', reason }
    return { candidate, mode: 'gated', reason, headers: ownHeadersOf(candidate, context), except: [] }
  }
  if (wish === 'gated') return gated('an option says so')
  if (guard !== undefined && wish !== 'instant') return gated(guard)
  if (!known.ok) return gated(known.reason)
  const reason = guard === undefined ? reasonFor(candidate) : `an option says so, though ${guard}`
  const { headers, isIntercepted } = known
  return { candidate, mode: 'instant', reason, headers, except: [...except, ...known.except], isIntercepted }
}

/** Whether only the pattern's own route can ever answer it. */
export function whetherFinal(context: BuildContext): (pattern: string) => boolean {
  const rules = readRules(context)
  return (pattern) => {
    const { guard, except } = guardOf({ key: pattern, route: pattern }, rules, context)
    return guard === undefined && except.length === 0
  }
}

function readRules(context: BuildContext): Rules {
  const { beforeMiddleware, beforeFiles, afterFiles } = context.routing
  return {
    proxy: proxyRules(context),
    hasEdgeProxy: context.outputs.middleware?.runtime === 'edge',
    // A rule with priority is Next's own, for trailing slashes. It never matches a path in the app's form.
    redirects: beforeMiddleware.filter((rule) => rule.status !== undefined && rule.priority !== true).map(toPathRule),
    rewrites: withoutOwn(beforeFiles, context)
      .filter((rule) => !isForRouter(rule))
      .map(toPathRule),
    rewritesAfterFiles: afterFiles.map(toPathRule),
    ...responseRules(context),
  }
}

/** The reason why a page is off that no option can change. */
function obstacleTo(
  { key, runtime, status, shellBytes, bypassFor, postponedState }: Candidate,
  rules: Rules,
  { config }: BuildContext,
  { maxShellBytes, postponedState: stateForm }: Settings,
): string | undefined {
  if (!isDynamic(key) && canonicalPath(key) === undefined) return UNSUITABLE_PATH
  if (runtime !== 'nodejs') return 'it renders in the edge runtime'
  if (status !== 200) return `it answers with status ${status}`
  if (isBypassedByBrowsers(bypassFor)) return '`htmlLimitedBots` matches ordinary browsers'
  if (shellBytes > maxShellBytes) return `its shell is larger than ${maxShellBytes} bytes`
  // A raw state goes to a host that implements Next's own protocol, which accepts more.
  if (stateForm === 'sealed' && postponedState !== undefined && !fitsRequest(postponedState))
    return 'its state takes more than 1 MB'
  const isEdgeGuarded = rules.hasEdgeProxy && rules.proxy.some((rule) => overlapOf(rule, key, config) !== 'none')
  return isEdgeGuarded ? 'a middleware of the edge runtime can match it' : undefined
}

type Guard = { readonly guard: string | undefined; readonly except: readonly Exception[] }

/** What may answer instead of the page, at least for some visitors, and what answers instead of it for only some paths of a pattern. */
function guardOf({ key, route }: Pick<Candidate, 'key' | 'route'>, rules: Rules, { config }: BuildContext): Guard {
  const rewrites = isDynamic(route) ? [...rules.rewrites, ...rules.rewritesAfterFiles] : rules.rewrites
  const groups = [
    { of: rules.proxy, guard: 'a proxy can match it', reason: 'a proxy is for it' },
    { of: rules.redirects, guard: 'a redirect can match it', reason: 'a redirect is for it' },
    { of: rewrites, guard: 'a rewrite can match it', reason: 'a rewrite is for it' },
  ]
  const except: Exception[] = []
  let first: string | undefined
  for (const { of, guard, reason } of groups)
    for (const rule of of) {
      const overlap = overlapOf(rule, key, config)
      if (overlap === 'none') continue
      const exception = overlap === 'some' ? toException(rule, key, reason, config) : undefined
      if (exception) except.push(exception)
      if (!exception || !areFew(except)) first ??= guard
    }
  return { guard: first, except }
}

function reasonFor(candidate: Candidate): string {
  const { key, route, postponedState } = candidate
  if (isWithoutShell(candidate)) return 'no fallback shell: each path once it was visited'
  if (postponedState === undefined) return 'static, no holes'
  return isDynamic(key) ? 'fallback shell' : key === route ? 'shell' : 'concrete shell'
}

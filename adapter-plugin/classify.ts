// candidate → how it is served, and why. A page is `instant` only where nothing that Next would do for a request (a proxy, a
// redirect, a rewrite, a conditional header) could make its answer another one than the record. When in doubt it is `off`.
// Pure; called by adapter.ts.

import type { HeaderList } from '../protocol/record.ts'
import { isDynamic } from '../protocol/route-match.ts'
import { type BuildContext, isForRouter, type PathRule, proxyRules, toPathRule } from './build-context.ts'
import type { Candidate } from './collect.ts'
import { headersOf, responseRules, type ResponseRules } from './headers.ts'
import type { Settings } from './options.ts'
import { overlapOf } from './path-overlap.ts'

export type Classified = { readonly candidate: Candidate; readonly reason: string } & (
  | { readonly mode: 'instant'; readonly headers: HeaderList }
  | { readonly mode: 'off' }
)

type Rules = {
  readonly proxy: readonly PathRule[]
  readonly redirects: readonly PathRule[]
  readonly rewrites: readonly PathRule[]
  /** Only asked before dynamic routes: a page of its own comes first. */
  readonly rewritesAfterFiles: readonly PathRule[]
} & ResponseRules

export function classify(
  candidates: readonly Candidate[],
  context: BuildContext,
  settings: Settings,
): readonly Classified[] {
  const rules = readRules(context)
  return candidates.map((candidate) => {
    const reason = reasonAgainst(candidate, rules, context, settings)
    if (reason !== undefined) return { candidate, mode: 'off', reason }
    const known = headersOf(candidate, rules, context)
    if (!known.ok) return { candidate, mode: 'off', reason: known.reason }
    return { candidate, mode: 'instant', reason: reasonFor(candidate), headers: known.headers }
  })
}

function readRules(context: BuildContext): Rules {
  const { beforeMiddleware, beforeFiles, afterFiles } = context.routing
  return {
    proxy: proxyRules(context),
    // A rule with priority is Next's own for trailing slashes: it never meets a path in the app's form.
    redirects: beforeMiddleware.filter((rule) => rule.status !== undefined && rule.priority !== true).map(toPathRule),
    rewrites: beforeFiles.filter((rule) => !isForRouter(rule)).map(toPathRule),
    rewritesAfterFiles: afterFiles.map(toPathRule),
    ...responseRules(context),
  }
}

function reasonAgainst(
  candidate: Candidate,
  rules: Rules,
  context: BuildContext,
  settings: Settings,
): string | undefined {
  const { key, route, shell } = candidate
  const meets = (rule: PathRule): boolean => overlapOf(rule, key, context.config) !== 'none'
  if (rules.proxy.some(meets)) return 'a proxy can match it'
  if (rules.redirects.some(meets)) return 'a redirect can match it'
  if (rules.rewrites.some(meets)) return 'a rewrite can match it'
  if (isDynamic(route) && rules.rewritesAfterFiles.some(meets)) return 'a rewrite can match it'
  if (candidate.runtime !== 'nodejs') return 'it renders in the edge runtime'
  if (candidate.status !== 200) return `it answers with status ${candidate.status}`
  if (shell.length > settings.maxShellBytes) return `its shell is larger than ${settings.maxShellBytes} bytes`
  return (settings.routes[key] ?? settings.routes[route]) === 'off' ? 'an option says so' : undefined
}

function reasonFor({ key, route, postponedState }: Candidate): string {
  if (postponedState === undefined) return 'static, no holes'
  return isDynamic(key) ? 'fallback shell' : key === route ? 'shell' : 'concrete shell'
}

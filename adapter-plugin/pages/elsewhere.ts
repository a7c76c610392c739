// Makes the table's row for addresses that are no page's own, if a proxy or a rewrite of the app can lead from such an address to a
// page: `/` and `/about` of a site whose default locale has no prefix. Only Next knows where they lead, so the build publishes
// nothing for them. On its first visit a browser asks for the record at that address. Pure.
//
//   must be `gated` unless the app vouches for it: where an address leads may depend on the visitor;
//   must leave out the app's pages that are `off`: a browser would ask for their record on each visit, and get none.

import type { OriginRoute } from '../../protocol/build/origin-manifest.ts'
import { ELSEWHERE, isDynamic, patternAnswers } from '../../protocol/build/route-match.ts'
import { type BuildContext, isForRouter } from '../build-context.ts'
import type { Settings } from '../config/options.ts'
import { wishFor } from '../config/route-modes.ts'
import { type Classified, isServed } from './classify.ts'
import { withoutOwn } from './rules/own-paths.ts'
import { decode } from './rules/path-overlap.ts'

/** Undefined if no address can lead to a page that has a record, or if the app has a page for every address. */
export function elsewhereEntry(
  pages: readonly Classified[],
  context: BuildContext,
  { routes, transport }: Pick<Settings, 'routes' | 'transport'>,
): OriginRoute | undefined {
  // Our origin must make the record, as for every path that the build did not list.
  const hasRecords = transport === 'auto' && pages.some(({ mode }) => mode !== 'off')
  const isTaken = pages.some(({ candidate: { key } }) => isDynamic(key) && everyAddress(key))
  const mode = wishFor({ key: ELSEWHERE, route: ELSEWHERE }, routes) ?? 'gated'
  if (!hasRecords || isTaken || mode === 'off' || !leadsElsewhere(context)) return undefined
  const except = unserved(pages)
  return { pattern: ELSEWHERE, mode, route: ELSEWHERE, ...(except.length > 0 ? { except } : {}) }
}

/**
 * Globs of the pages without a record, in the form of the table's `except`. Not of routes that begin with a parameter: a rule may lead
 * such an address elsewhere before Next gets to the route.
 */
function unserved(pages: readonly Classified[]): readonly string[] {
  const off = pages.filter((page) => !isServed(page)).map(({ candidate }) => candidate)
  const routes = off.map(({ route, key }) => (isDynamic(route) ? route : key))
  const named = routes.filter((route) => !route.startsWith('/['))
  return [...new Set(named.map(toGlob))]
}

function toGlob(route: string): string {
  const parts = route.split('/').map((part) => {
    if (/^\[\[?\.\.\./.test(part)) return '**'
    return part.startsWith('[') ? '*' : decode(part)
  })
  return parts.join('/')
}

function everyAddress(pattern: string): boolean {
  return patternAnswers(pattern, '/') && patternAnswers(pattern, '/a/b')
}

/** Whether a rule of the app leads to pages at all. A page that an edge middleware can match has no record (classify.ts). */
export function leadsElsewhere(context: BuildContext): boolean {
  const { routing, outputs } = context
  if (outputs.middleware !== undefined) return outputs.middleware.runtime !== 'edge'
  const rewrites = [...withoutOwn(routing.beforeFiles, context), ...routing.afterFiles, ...routing.fallback]
  return rewrites.some((rule) => !isForRouter(rule) && !isExternal(rule))
}

function isExternal({ destination = '' }: { readonly destination?: string }): boolean {
  return /^[a-z]+:\/\//i.test(destination)
}

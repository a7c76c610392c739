// The table's row for addresses that no page has by its own name, where a proxy or a rewrite of the app can lead from such an address to a
// page: `/` and `/about` of a site whose default locale has no prefix. Next alone knows where they lead, so the build publishes
// nothing for them; a browser asks for the record with its first visit, at that address. Pure.
//
//   must be `gated` unless the app vouches for it: what decides where an address leads may look at the visitor;
//   must leave out the app's own pages that are `off`: a browser would ask for a record of them at each visit, and get none.

import type { OriginRoute } from '../../protocol/build/origin-manifest.ts'
import { ELSEWHERE, isDynamic, patternAnswers } from '../../protocol/build/route-match.ts'
import { type BuildContext, isForRouter } from '../build-context.ts'
import type { Settings } from '../config/options.ts'
import { wishFor } from '../config/route-modes.ts'
import { type Classified, isServed } from './classify.ts'
import { withoutOwn } from './rules/own-paths.ts'
import { decode } from './rules/path-overlap.ts'

/** Undefined where no address can lead to a page that has a record, or the app has a page for every address. */
export function elsewhereEntry(
  pages: readonly Classified[],
  context: BuildContext,
  { routes, transport }: Pick<Settings, 'routes' | 'transport'>,
): OriginRoute | undefined {
  // The record is our origin's to make, as for every path that the build did not list.
  const hasRecords = transport === 'auto' && pages.some(({ mode }) => mode !== 'off')
  const isTaken = pages.some(({ candidate: { key } }) => isDynamic(key) && everyAddress(key))
  const mode = wishFor({ key: ELSEWHERE, route: ELSEWHERE }, routes) ?? 'gated'
  if (!hasRecords || isTaken || mode === 'off' || !leadsElsewhere(context)) return undefined
  const except = unserved(pages)
  return { pattern: ELSEWHERE, mode, route: ELSEWHERE, ...(except.length > 0 ? { except } : {}) }
}

/**
 * Globs of the pages without a record, as the table's `except` has them. A route that begins with a parameter is not known by its own
 * name: a rule may lead such an address elsewhere before Next comes to the route.
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

/** Whether a rule of the app leads to pages at all; what a middleware of the edge runtime can match has no record (classify.ts). */
export function leadsElsewhere(context: BuildContext): boolean {
  const { routing, outputs } = context
  if (outputs.middleware !== undefined) return outputs.middleware.runtime !== 'edge'
  const rewrites = [...withoutOwn(routing.beforeFiles, context), ...routing.afterFiles, ...routing.fallback]
  return rewrites.some((rule) => !isForRouter(rule) && !isExternal(rule))
}

function isExternal({ destination = '' }: { readonly destination?: string }): boolean {
  return /^[a-z]+:\/\//i.test(destination)
}

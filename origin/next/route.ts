// Tells which route of the app answers a page, by the table that the worker uses too. The page is one that Next found, or the path that
// the browser requested.

import type { RecordKey } from '../../protocol/record/record.ts'
import {
  canonicalPath,
  ELSEWHERE,
  matchRoute,
  type Mode,
  type RouteEntry,
  type RouteTable,
} from '../../protocol/build/route-match.ts'
import type { NextPage } from './next-page.ts'
import { Refused } from '../gate/refused.ts'

export type RoutingRules = {
  readonly table: RouteTable
  /** The app's own route, by pattern of the table. */
  readonly routes: ReadonlyMap<string, string>
  readonly basePath: string
  /** Patterns that no page can ever answer: they are off, and no rule leads elsewhere. */
  readonly final: ReadonlySet<string>
}

/** The entry that answers a page which is served from records. The caller decides whether a record is the page's. */
export function entryOf(page: NextPage, { table }: RoutingRules): RouteEntry | Refused {
  if (page.status === 404) return new Refused('absent')
  // Says nothing about the page: browsers keep its record.
  if (page.status >= 500) return new Refused('failed')
  const match = matchRoute(table, page.path)
  const isPage = match !== undefined && match.mode !== 'off' && match.pattern !== ELSEWHERE
  return page.status === 200 && isPage ? match : new Refused('route')
}

/** How the worker shows a record at the address that a browser requested; undefined if it shows none. */
export function modeAt(target: string, { table, basePath }: RoutingRules): Mode | undefined {
  const path = pathOf(target, basePath)
  return path === undefined ? undefined : matchRoute(table, path)?.mode
}

/**
 * The keys at which the worker looks for the record of a target, in its order; none if it looks for none. Not those of the page that Next
 * found: after a rewrite that is another path, but the browser shows what belongs to the address that it requested.
 */
export function keysAt(target: string, { table, basePath }: RoutingRules): readonly RecordKey[] {
  const path = pathOf(target, basePath)
  const match = path === undefined ? undefined : matchRoute(table, path)
  return path === undefined || match === undefined || match.mode === 'off' ? [] : [...new Set([path, match.pattern])]
}

/** Whether a target can never be a page, by the table alone. If a rule might lead elsewhere, only Next knows. */
export function canNeverBePage(target: string, { table, basePath, final }: RoutingRules): boolean {
  const path = pathOf(target, basePath)
  const match = path === undefined ? undefined : matchRoute(table, path)
  return match !== undefined && match.mode === 'off' && final.has(match.pattern)
}

/** The canonical path of a target without `basePath`; undefined if it is no path of the app. */
export function pathOf(target: string, basePath: string): string | undefined {
  const pathname = target.split('?', 1)[0] ?? ''
  return pathname === basePath || pathname.startsWith(`${basePath}/`)
    ? canonicalPath(pathname.slice(basePath.length) || '/')
    : undefined
}

// Which links a browser may prerender, as speculation rules (https://wicg.github.io/nav-speculation/speculation-rules.html): links to
// stored pages that are shown to every visitor immediately. Pure.
//
//   must name no guarded page, and none that is not stored: each would cost a document;
//   must leave out links that may do more than show a page: with a query, downloads, `rel=nofollow`, links that the app has marked.

import { compileRoutes, isDynamic, matchRoute, type RouteTable } from '../../protocol/build/route-match.ts'
import type { RecordKey } from '../../protocol/record/record.ts'
import type { Eagerness } from '../../protocol/page/eagerness.ts'
import type { WorkerLinks } from '../../protocol/page/messages.ts'
import { SPECULATION_TAG } from '../../protocol/wire.ts'

type Condition =
  | { readonly href_matches: readonly string[] }
  | { readonly selector_matches: string }
  | { readonly not: Condition }
  | { readonly and: readonly Condition[] }
  | { readonly or: readonly Condition[] }

type Links = Omit<WorkerLinks, 'type' | 'headers'>

/** Rules for the pages of `links`. Undefined if none may be prerendered. */
export function rulesFor(links: Links, eagerness: Eagerness): object | undefined {
  const table = compileRoutes(links.routes)
  const keys = links.uses.flatMap(({ buildId, key }) => (buildId === links.buildId ? [key] : []))
  const pages = table.flatMap((_route, at) => conditionOf(table, at, keys, links) ?? [])
  if (pages.length === 0) return undefined
  const where: Condition = { and: [{ or: pages }, { not: { href_matches: ['/*\\?(.+)'] } }, { not: ACTING }] }
  return { prerender: [{ where, eagerness, tag: SPECULATION_TAG }] }
}

const ACTING: Condition = {
  selector_matches:
    '[download], [rel~="nofollow" i], [data-no-speculation], [data-no-speculation] *, [target="_blank" i]',
}

/** The stored pages of one row of the table: by path, or by the pattern whose paths its shell opens. */
function conditionOf(
  table: RouteTable,
  at: number,
  keys: readonly RecordKey[],
  { basePath, trailingSlash }: Links,
): Condition | undefined {
  const entry = table[at]?.entry
  if (entry?.mode !== 'instant') return undefined
  const toUrl = (key: string): string => toUrlPattern(key, basePath, trailingSlash)
  // A path belongs to the row that matches it, not to the row that its record was made for.
  const own = keys.filter((key) => !isDynamic(key) && matchRoute(table, key) === entry)
  const isOfRoute = isDynamic(entry.pattern) && keys.includes(entry.pattern) && !entry.except
  if (!isOfRoute) return own.length > 0 ? { href_matches: own.map(toUrl) } : undefined
  const before = table.slice(0, at).map((row) => toUrl(row.entry.pattern))
  const ofRoute: Condition = { href_matches: [toUrl(entry.pattern)] }
  return before.length > 0 ? { and: [ofRoute, { not: { href_matches: before } }] } : ofRoute
}

/** A path, or a route pattern of Next's, as a URL pattern. */
export function toUrlPattern(key: string, basePath: string, trailingSlash: boolean): string {
  const parts = key.split('/').filter(Boolean).map(toPart)
  const path = basePath.replaceAll(SYNTAX, '\\$&') + parts.join('')
  return path === '' ? '/' : trailingSlash ? `${path}{/}?` : path
}

function toPart(segment: string, at: number): string {
  if (segment.startsWith('[[...')) return `{/:p${at}(.+)}?`
  if (segment.startsWith('[...')) return `/:p${at}(.+)`
  return segment.startsWith('[') ? `/:p${at}` : `/${segment.replaceAll(SYNTAX, '\\$&')}`
}

/** The special characters of URL patterns. */
const SYNTAX = /[\\:*+?{}()]/g

// Makes the table of routes for browsers. Everybody can read it, so it does not name route handlers if one entry for all of them tells
// the worker the same. Pure.

import { isDynamic, type RouteEntry } from '../../../protocol/build/route-match.ts'

/**
 * Route handlers below a name that no page has (`/api/…`) become one entry. A pattern that begins with a parameter could also match paths
 * there, so if the app has one, each handler is named.
 *
 * @param entries - The table of worker and origin. @param pages - Keys of all pages of the build, also of those that are `off`.
 */
export function publicRoutes(entries: readonly RouteEntry[], pages: readonly string[]): readonly RouteEntry[] {
  const named = new Set(pages.map(nameOf))
  if ([...named].some((name) => isDynamic(`/${name}`))) return entries.map(toPublic)
  const isBelow = ({ pattern, mode }: RouteEntry): boolean =>
    mode === 'off' && /^\/[^/]+\//.test(pattern) && !named.has(nameOf(pattern))
  const names = new Set(entries.filter(isBelow).map(({ pattern }) => nameOf(pattern)))
  const others = entries.filter(({ pattern, mode }) => mode !== 'off' || !names.has(nameOf(pattern)))
  const joined = [...names].map((name): RouteEntry => ({ pattern: `/${name}/[[...off]]`, mode: 'off' }))
  // First, as the handlers were: a row for rewritten addresses would match every path.
  return [...joined, ...others.map(toPublic)]
}

function toPublic({ pattern, mode, except }: RouteEntry): RouteEntry {
  return { pattern, mode, ...(except === undefined ? {} : { except }) }
}

/** The first segment of a path or pattern. */
function nameOf(pattern: string): string {
  return pattern.split('/')[1] ?? ''
}

// Which route of the app serves the page, by the table that the worker uses too. Called by handle.ts.

import type { OriginEntrypoint } from '../protocol/origin-manifest.ts'
import { canonicalPath, matchRoute, type RouteTable } from '../protocol/route-match.ts'
import type { Allowed } from './proxy.ts'
import { Refused } from './refused.ts'

export type RoutingRules = {
  readonly table: RouteTable
  /** By pattern of the table. */
  readonly entrypoints: ReadonlyMap<string, OriginEntrypoint>
  readonly basePath: string
  readonly trailingSlash: boolean
}

/** An allowed request whose URL leads to a route that is served from records. Only {@link Resolved.resolve} makes one. */
export class Resolved {
  declare protected readonly stage: 'resolved'
  readonly allowed: Allowed
  /** Canonical, without `basePath`. */
  readonly path: string
  /** The pattern that answers the path, and what renders it. */
  readonly entrypoint: OriginEntrypoint

  private constructor(allowed: Allowed, path: string, entrypoint: OriginEntrypoint) {
    this.allowed = allowed
    this.path = path
    this.entrypoint = entrypoint
  }

  static resolve(allowed: Allowed, rules: RoutingRules): Resolved | Refused {
    const path = toPath(allowed.admitted.target, rules)
    const route = path === undefined ? undefined : matchRoute(rules.table, path)
    if (path === undefined || route?.mode !== 'instant' || hasPlaceholder(path)) return new Refused('route')
    const entrypoint = rules.entrypoints.get(route.pattern)
    return entrypoint ? new Resolved(allowed, path, entrypoint) : new Refused('route')
  }
}

function toPath(target: string, { basePath, trailingSlash }: RoutingRules): string | undefined {
  const pathname = target.split('?', 1)[0] ?? ''
  if (pathname !== basePath && !pathname.startsWith(`${basePath}/`)) return undefined
  // The other form is a redirect; below a base path the root has two forms as well.
  if (pathname !== '/' && pathname.endsWith('/') !== trailingSlash) return undefined
  return canonicalPath(pathname.slice(basePath.length) || '/')
}

/** `/products/[slug]` as a path makes an entrypoint reject and leaves the socket open (reference/reliability.md B17). */
function hasPlaceholder(path: string): boolean {
  return /%5B.*%5D/i.test(path)
}

// Finds the routes whose shell Next soon replaces by whole documents. With `partialPrefetching`, Next renders each path of a route on its
// own after the path's first request. If such a page has no holes, it does not begin with the route's shell, and a browser that shows the
// shell has to reload. Whether it has holes shows in the pages of the route that the build has prerendered. Pure.

import { isDynamic } from '../../protocol/build/route-match.ts'
import type { Candidate } from './collect.ts'

type Page = Pick<Candidate, 'key' | 'route' | 'status' | 'isUpgraded' | 'postponedState'>

export function outgrownRoutes(candidates: readonly Page[]): ReadonlySet<string> {
  const upgraded = new Set(candidates.filter(({ isUpgraded }) => isUpgraded).map(({ route }) => route))
  const concrete = candidates.filter(
    ({ key, route, status }) => upgraded.has(route) && !isDynamic(key) && status === 200,
  )
  const outgrown = new Set(concrete.map(({ route }) => route))
  for (const { route, postponedState } of concrete) if (postponedState !== undefined) outgrown.delete(route)
  return outgrown
}

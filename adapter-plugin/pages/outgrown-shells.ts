// Takes away the shells of routes that Next soon replaces by whole documents. With `partialPrefetching`, Next renders each path of a route
// on its own after the path's first request. If such a page has no holes, it does not begin with the route's shell, and a browser that
// shows the shell has to reload. Whether it has holes shows in the pages of the route that the build has prerendered.
//
//   must keep the row of each shell: its paths are still served, from their own records;
//   must leave a shell that an option names to the app: it may know better. Pure.

import { isDynamic } from '../../protocol/build/route-match.ts'
import type { Settings } from '../config/options.ts'
import type { Classified } from './classify.ts'

const REASON = 'Next renders each path whole: each path once it was visited'

export function withoutOutgrown(
  pages: readonly Classified[],
  { routes }: Pick<Settings, 'routes'>,
): readonly Classified[] {
  const outgrown = outgrownRoutes(pages)
  return pages.map((page) => {
    const { key, route } = page.candidate
    if (page.mode === 'off' || !isDynamic(key) || !outgrown.has(route) || routes[key] === 'instant') return page
    const candidate = { ...page.candidate, file: undefined, shellBytes: 0, postponedState: undefined }
    return { ...page, candidate, reason: page.mode === 'instant' ? REASON : page.reason }
  })
}

/** Only pages that browsers get tell what the others will be. */
function outgrownRoutes(pages: readonly Classified[]): ReadonlySet<string> {
  const upgraded = new Set(
    pages.filter(({ candidate }) => candidate.isUpgraded).map(({ candidate }) => candidate.route),
  )
  const concrete = pages.filter(
    ({ mode, candidate: { key, route } }) => mode !== 'off' && upgraded.has(route) && !isDynamic(key),
  )
  const outgrown = new Set(concrete.map(({ candidate }) => candidate.route))
  for (const { candidate } of concrete) if (candidate.postponedState !== undefined) outgrown.delete(candidate.route)
  return outgrown
}

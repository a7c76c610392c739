// The table by which worker and origin find a path's route (protocol/route-match.ts says what it must hold). Pure; called by
// emit.ts.

import { canonicalPath, isDynamic, patternAnswers, type RouteEntry } from '../protocol/route-match.ts'
import type { OriginEntrypoint } from '../protocol/origin-manifest.ts'
import { type BuildContext, withoutBasePath } from './build-context.ts'
import type { Classified } from './classify.ts'

/**
 * Every published key that needs an entry of its own, and everything that must win over a published pattern. A concrete page
 * needs none where the pattern of its own route answers for it.
 *
 * @param pages - All pages of the build. @param published - Those among them that browsers get.
 */
export function toRouteEntries(
  pages: readonly Classified[],
  published: readonly Classified[],
  context: BuildContext,
): readonly RouteEntry[] {
  const patterns = published.map(({ candidate }) => candidate).filter(({ key }) => isDynamic(key))
  const own = published
    .map(({ candidate }) => candidate)
    .filter(
      ({ key, route }) => isDynamic(key) || !patterns.some((of) => of.route === route && couldAnswer(of.key, key)),
    )
  const instant = new Set(pages.filter((page) => page.mode === 'instant').map((page) => page.candidate.key))
  const off = otherPaths(context).filter(
    (path) => !instant.has(path) && patterns.some(({ key }) => key !== path && couldAnswer(key, path)),
  )
  return [
    ...own.map(({ key }): RouteEntry => ({ pattern: key, mode: 'instant' })),
    ...[...new Set(off)].map((pattern): RouteEntry => ({ pattern, mode: 'off' })),
  ]
}

/** What renders the paths of each instant entry. */
export function toEntrypoints(
  pages: readonly Classified[],
  entries: readonly RouteEntry[],
  distDir: string,
): readonly OriginEntrypoint[] {
  const served = new Set(entries.filter((entry) => entry.mode === 'instant').map((entry) => entry.pattern))
  return pages.flatMap(({ candidate: { key, route, entrypoint } }) =>
    served.has(key) ? [{ pattern: key, route, file: relativeTo(distDir, entrypoint) }] : [],
  )
}

/** Whether a pattern could answer a path, or any path of another pattern. */
function couldAnswer(pattern: string, path: string): boolean {
  return patternAnswers(pattern, path.replaceAll(/\[{1,2}[^\]]+\]{1,2}/g, 'x'))
}

/** Everything else that this build answers: pages, route handlers, files, and prerendered pages that are off. */
function otherPaths({ outputs, config }: BuildContext): string[] {
  const answered = [
    ...outputs.appPages,
    ...outputs.appRoutes,
    ...outputs.pages,
    ...outputs.pagesApi,
    ...outputs.staticFiles,
    ...outputs.prerenders,
  ]
  return answered
    .map(({ pathname }) => withoutBasePath(pathname, config.basePath))
    .filter((path) => !/\.rsc$|^\/_next\//.test(path))
    .flatMap((path) => (isDynamic(path) ? path : (canonicalPath(path) ?? [])))
}

function relativeTo(folder: string, file: string): string {
  return file.startsWith(folder) ? file.slice(folder.length).replace(/^[/\\]/, '') : file
}

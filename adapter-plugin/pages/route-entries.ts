// Makes the table by which worker and origin find a path's route (protocol/build/route-match.ts says what it must contain). Pure.

import type { OriginRoute } from '../../protocol/build/origin-manifest.ts'
import { canonicalPath, isDynamic, patternAnswers } from '../../protocol/build/route-match.ts'
import { inOrder } from '../../protocol/build/route-order.ts'
import { type BuildContext, staticFilesOf, withoutBasePath } from '../build-context.ts'
import { type Classified, isServed, type Served, whetherFinal } from './classify.ts'
import type { Settings } from '../config/options.ts'
import { elsewhereEntry } from './elsewhere.ts'
import { isExcepted, toExcept } from './rules/exceptions.ts'
import { ownPaths } from './rules/own-paths.ts'
import { isWithoutShell } from './without-shell.ts'

/**
 * In the order in which they are asked: every served key that needs its own entry, and everything that must win over a served pattern. A concrete page needs no entry if the
 * pattern of its route already answers for it in the same mode. A pattern without a shell has an entry, because its paths get a record
 * when they are visited.
 *
 * @param pages - All pages of the build. @param withRecord - Those of them that have a record.
 */
export function toRouteEntries(
  pages: readonly Classified[],
  withRecord: readonly Served[],
  context: BuildContext,
  settings: Pick<Settings, 'routes' | 'transport'>,
): readonly OriginRoute[] {
  const servedPages = pages.filter(isServed)
  const served = [...withRecord, ...servedPages.filter(({ candidate }) => isWithoutShell(candidate))]
  const patterns = served.filter(({ candidate }) => isDynamic(candidate.key))
  const isAnswered = ({ candidate, mode }: Served): boolean =>
    patterns.some(
      (of) =>
        of.mode === mode &&
        of.candidate.route === candidate.route &&
        couldAnswer(of, candidate.key) &&
        !isExcepted(candidate.key, of.except),
    )
  const own = served.filter((page) => isDynamic(page.candidate.key) || !isAnswered(page))
  const servable = new Set(servedPages.map((page) => page.candidate.key))
  const handlers = pathsOf([...context.outputs.appRoutes, ...context.outputs.pagesApi], context)
  const off = otherPaths(context).filter(
    (path) => !servable.has(path) && patterns.some((of) => of.candidate.key !== path && couldAnswer(of, path)),
  )
  const isFinal = whetherFinal(context)
  const routes = new Map(pages.map(({ candidate }) => [candidate.key, candidate.route]))
  return inOrder([
    ...own.map(({ candidate, mode, except }): OriginRoute => ({
      pattern: candidate.key,
      mode,
      route: candidate.route,
      ...(except.length > 0 ? { except: toExcept(except) } : {}),
    })),
    // Paths that are not pages must not be answered with the offline page.
    ...[...new Set([...ownPaths(context), ...handlers, ...off])].map((pattern): OriginRoute => ({
      pattern,
      mode: 'off',
      route: routes.get(pattern) ?? pattern,
      isFinal: isFinal(pattern),
    })),
    ...[elsewhereEntry(pages, context, settings) ?? []].flat(),
  ])
}

/** Whether a pattern could match a path, or any path of another pattern. */
function couldAnswer({ candidate }: Served, path: string): boolean {
  return patternAnswers(candidate.key, path.replaceAll(/\[{1,2}[^\]]+\]{1,2}/g, 'x'))
}

/** Everything else that this build answers: pages, route handlers, files, and prerendered pages that are off. */
function otherPaths(context: BuildContext): string[] {
  const { outputs } = context
  const answered = [
    ...outputs.appPages,
    ...outputs.appRoutes,
    ...outputs.pages,
    ...outputs.pagesApi,
    ...staticFilesOf(context),
    ...outputs.prerenders,
  ]
  return pathsOf(answered, context)
}

function pathsOf(outputs: readonly { readonly pathname: string }[], { config }: BuildContext): string[] {
  return outputs
    .map(({ pathname }) => withoutBasePath(pathname, config.basePath))
    .filter((path) => !/\.rsc$|^\/_next\//.test(path))
    .flatMap((path) => (isDynamic(path) ? path : (canonicalPath(path) ?? [])))
}

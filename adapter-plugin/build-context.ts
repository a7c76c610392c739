// Next's build context in Next's own types, and the differences between the releases that we support.

import type { NextAdapter } from 'next'
import { AdapterOutputType } from 'next/constants.js'

export type BuildContext = Parameters<NonNullable<NextAdapter['onBuildComplete']>>[0]
export type AppPage = BuildContext['outputs']['appPages'][number]
export type StaticFile = BuildContext['outputs']['staticFiles'][number]
export type Prerender = BuildContext['outputs']['prerenders'][number]

/** A rule of Next's routing, without its conditions: `has` and `missing` may hold the app's secrets. */
export type PathRule = {
  /** path-to-regexp source; undefined if Next gives none. */
  readonly source: string | undefined
  readonly regex: RegExp
  /** Whether it also depends on headers, cookies, the host or the query. */
  readonly conditional: boolean
}

/** What Next serves as a file. Older releases, and adapters that run before this one, may omit the list. */
export function staticFilesOf({ outputs }: Pick<BuildContext, 'outputs'>): readonly StaticFile[] {
  const listed: unknown = outputs.staticFiles
  return Array.isArray(listed) ? outputs.staticFiles : []
}

type RoutingRule = {
  readonly source?: string
  readonly sourceRegex: string
  readonly has?: readonly unknown[] | undefined
  readonly missing?: readonly unknown[] | undefined
}

/** Case-insensitive, as Next matches (`getPathMatch`, option `sensitive`). */
export function toPathRule({ source, sourceRegex, has, missing }: RoutingRule): PathRule {
  const conditional = (has?.length ?? 0) + (missing?.length ?? 0) > 0
  return { source, regex: new RegExp(sourceRegex, 'i'), conditional }
}

/** Next's own rewrites to intercepting routes. Only the router's fetches carry `next-url`; a navigation never does. */
export function isForRouter({ has }: BuildContext['routing']['beforeFiles'][number]): boolean {
  return has?.some((condition) => condition.type === 'header' && condition.key.toLowerCase() === 'next-url') ?? false
}

/** Next 16.2 has no `routing.middlewareMatchers`; the proxy's output has the same matchers. */
export function proxyRules({ outputs }: BuildContext): readonly PathRule[] {
  const { middleware } = outputs
  if (!middleware) return []
  return middleware.config.matchers?.map(toPathRule) ?? [{ source: undefined, regex: /^/, conditional: false }]
}

/**
 * Prefixes of the URLs of the build's files below `static/`: paths on this origin or URLs on another. First the prefix of Next's files,
 * by `assetPrefix`, then the prefix of this package's files, which are always on the app's own origin.
 */
export function staticUrlsOf(config: Pick<BuildContext['config'], 'assetPrefix' | 'basePath'>): StaticUrls {
  const own = `${config.basePath}/_next/static/`
  const prefixed = `${(config.assetPrefix || config.basePath).replace(/\/$/, '')}/_next/static/`
  return prefixed === own ? [own] : [prefixed, own]
}

export type StaticUrls = readonly [string, ...string[]]

/** A pathname of the outputs without `basePath`, `/` for the root. */
export function withoutBasePath(pathname: string, basePath: string): string {
  return pathname.slice(basePath.length) || '/'
}

/** A file in the form in which Next lists the build folder's files for adapters. */
export function toStaticFile({ id, pathname, filePath }: Pick<StaticFile, 'id' | 'pathname' | 'filePath'>): StaticFile {
  return { type: AdapterOutputType.STATIC_FILE, id, pathname, filePath, immutableHash: undefined }
}

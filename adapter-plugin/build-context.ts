// Next's build context as its own types have it, and what differs between the releases that we support.

import type { NextAdapter } from 'next'
import { AdapterOutputType } from 'next/constants.js'

export type BuildContext = Parameters<NonNullable<NextAdapter['onBuildComplete']>>[0]
export type AppPage = BuildContext['outputs']['appPages'][number]
export type StaticFile = BuildContext['outputs']['staticFiles'][number]
export type Prerender = BuildContext['outputs']['prerenders'][number]

/** A rule of Next's routing, without its conditions: `has` and `missing` may hold the app's secrets. */
export type PathRule = {
  /** path-to-regexp source; undefined where Next gives none. */
  readonly source: string | undefined
  readonly regex: RegExp
  /** Whether it also depends on headers, cookies, the host or the query. */
  readonly conditional: boolean
}

/** What Next serves as a file. Older releases, and adapters before this one, may leave the list out. */
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

/** Next matches without regard to case (`getPathMatch`, option `sensitive`). */
export function toPathRule({ source, sourceRegex, has, missing }: RoutingRule): PathRule {
  const conditional = (has?.length ?? 0) + (missing?.length ?? 0) > 0
  return { source, regex: new RegExp(sourceRegex, 'i'), conditional }
}

/** Next's own rewrites to intercepting routes: only the router's fetches carry `next-url`, a navigation never does. */
export function isForRouter({ has }: BuildContext['routing']['beforeFiles'][number]): boolean {
  return has?.some((condition) => condition.type === 'header' && condition.key.toLowerCase() === 'next-url') ?? false
}

/** Next 16.2 has no `routing.middlewareMatchers`; the output of the proxy carries the same. */
export function proxyRules({ outputs }: BuildContext): readonly PathRule[] {
  const { middleware } = outputs
  if (!middleware) return []
  return middleware.config.matchers?.map(toPathRule) ?? [{ source: undefined, regex: /^/, conditional: false }]
}

/**
 * What the URLs of the build's files below `static/` begin with, paths on this origin or URLs on another: first those that Next writes,
 * by `assetPrefix`, then those that this package writes, which are always the app's own.
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

/** A file as Next lists those of the build folder for adapters. */
export function toStaticFile({ id, pathname, filePath }: Pick<StaticFile, 'id' | 'pathname' | 'filePath'>): StaticFile {
  return { type: AdapterOutputType.STATIC_FILE, id, pathname, filePath, immutableHash: undefined }
}

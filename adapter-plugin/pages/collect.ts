// Turns Next's outputs into candidates: the prerendered HTML pages. The shells of served pages are read in the same hook. As soon as a
// server runs, revalidation rewrites the file, and a new shell with an old state is silently wrong content (docs/discoveries/next.md).
// Only now are the two sure to belong together. Other shells are not read: an app may have prerendered a hundred thousand.

import { readFile, stat } from 'node:fs/promises'

import type { BypassRule } from '../../protocol/build/origin-manifest.ts'
import { canonicalPath, isDynamic } from '../../protocol/build/route-match.ts'
import type { HeaderList, Lifetime, Segments } from '../../protocol/record/record.ts'
import { type AppPage, type BuildContext, type Prerender, withoutBasePath } from '../build-context.ts'

export type Candidate = {
  /** Path or pattern without `basePath`; see protocol/record/record.ts. */
  readonly key: string
  /** As Next's outputs have it, without `basePath`. */
  readonly pathname: string
  /** The app's own route. */
  readonly route: string
  readonly runtime: 'nodejs' | 'edge'
  readonly status: number
  readonly headers: HeaderList
  readonly lifetime: Lifetime
  /** Whether Next makes a concrete shell for a path of this fallback after the path's first request (`partialPrefetching`). */
  readonly isUpgraded: boolean
  /** The file of the shell; undefined for a route without a shell (without-shell.ts). */
  readonly file: string | undefined
  readonly shellBytes: number
  /** Undefined for a fully static page: its shell is the whole document. */
  readonly postponedState: string | undefined
  readonly resumeHeaders: HeaderList
  /** Request headers for which Next does not use the shell. */
  readonly bypassFor: readonly BypassRule[]
}

export async function collectCandidates({ outputs, config }: BuildContext): Promise<readonly Candidate[]> {
  const pages = new Map(outputs.appPages.map((page) => [page.id, page]))
  return inBatches(outputs.prerenders.filter(isShell), async (prerender) => {
    const page = pages.get(prerender.parentOutputId)
    return page && toCandidate(prerender, page, config)
  })
}

/** A candidate with its shell and its segments. */
export type WithShell<Page> = Page & { readonly shell: Uint8Array<ArrayBuffer>; readonly segments: Segments }

/** Leaves out pages that have no file, or whose file is gone by now. That costs only the page, never the build. */
export function readShells<Page extends { readonly candidate: Candidate }>(
  pages: readonly Page[],
  readSegmentsOf: (page: Page) => Promise<Segments>,
): Promise<readonly WithShell<Page>[]> {
  return inBatches(pages, async (page) => {
    const { file } = page.candidate
    if (file === undefined) return undefined
    const [shell, segments] = await Promise.all([readFile(file).catch(() => undefined), readSegmentsOf(page)])
    return shell && { ...page, shell: new Uint8Array(shell), segments }
  })
}

/** An app can have more prerendered pages than a process can have open files. */
const FILES_AT_ONCE = 32

async function inBatches<From, To>(
  all: readonly From[],
  work: (one: From) => Promise<To | undefined>,
): Promise<readonly To[]> {
  const done: To[] = []
  for (let at = 0; at < all.length; at += FILES_AT_ONCE) {
    const batch = await Promise.all(all.slice(at, at + FILES_AT_ONCE).map(work))
    for (const one of batch) if (one !== undefined) done.push(one)
  }
  return done
}

/** An HTML page with content. Its `.rsc` and segment siblings have another content type or no file. */
function isShell({ pathname, config, fallback, response, htmlSize }: Prerender): boolean {
  const type = [fallback?.initialHeaders?.['content-type']].flat()[0] ?? ''
  // Next does not export the enum of its types.
  const isHtml = String(config.renderingMode) === 'PARTIALLY_STATIC' && /^text\/html\b/.test(type)
  return isHtml && response !== 'empty' && htmlSize !== 0 && !isInternal(pathname)
}

/** Error pages, and the targets of intercepting routes, which the address bar cannot reach. */
export function isInternal(pathname: string): boolean {
  return /\/_not-found$|\/_global-error$|\/\(\.{1,3}\)/.test(pathname)
}

async function toCandidate(
  prerender: Prerender,
  page: AppPage,
  { basePath, experimental }: BuildContext['config'],
): Promise<Candidate | undefined> {
  const { fallback, pprChain, pathname } = prerender
  const own = withoutBasePath(pathname, basePath)
  // A path that browsers cannot look up still gets a row in the table (classify.ts).
  const key = isDynamic(own) ? own : (canonicalPath(own) ?? own)
  const file = fallback?.filePath
  const shellBytes = file === undefined ? 0 : await sizeOf(file)
  if (!fallback || file === undefined || shellBytes === 0) return undefined
  return {
    key,
    pathname: own,
    route: prerender.parentOutputId,
    runtime: page.runtime,
    status: fallback.initialStatus ?? 200,
    headers: toHeaderList(fallback.initialHeaders),
    lifetime: {
      revalidate: typeof fallback.initialRevalidate === 'number' ? fallback.initialRevalidate : undefined,
      expire: fallback.initialExpiration,
    },
    // With the testing API, Next keeps the fallback (`build/templates/app-page-runtime.js`, 16.4.6).
    isUpgraded: prerender.config.partialFallback === true && !experimental?.exposeTestingApiInProductionBuild,
    file,
    shellBytes,
    postponedState: fallback.postponedState,
    resumeHeaders: toHeaderList(pprChain?.headers),
    bypassFor: (prerender.config.bypassFor ?? []).flatMap(toBypassRule),
  }
}

/** Next writes only headers here. A cookie would be a secret (`bypassToken` is one, and is not read). */
function toBypassRule({ type, key, value }: BypassCondition): BypassRule | [] {
  if (type !== 'header' || key === undefined) return []
  return { header: key, value: key === 'user-agent' && value !== undefined ? withinAgent(value) : value }
}

/** A rule must match a header's whole value. Next 16.2 writes `htmlLimitedBots` without `.*` around it, later releases with it. */
function withinAgent(value: string): string {
  return /^\.\*\(\?:.*\)\.\*$/s.test(value) ? value : `.*(?:${value}).*`
}

type BypassCondition = { readonly type: string; readonly key?: string | undefined; readonly value?: string | undefined }

/** 0 if the file is gone. */
async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  )
}

function toHeaderList(headers: Record<string, string | string[]> | undefined): HeaderList {
  return Object.entries(headers ?? {}).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name.toLowerCase(), value]),
  )
}

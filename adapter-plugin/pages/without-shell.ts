// Finds the routes without a prerendered shell: a page that is rendered whole for each request, and a pattern whose page reads its
// parameters outside of any <Suspense>. If the build has prerendered paths of such a pattern (`generateStaticParams`), Next prerenders
// another path at its first request, and a browser gets its record with the first visit. Pure.

import { type AppPage, type BuildContext, staticFilesOf, withoutBasePath } from '../build-context.ts'
import { type Candidate, isInternal } from './collect.ts'

type Page = Pick<AppPage, 'id' | 'pathname'> & Partial<Pick<AppPage, 'runtime'>>

/** Whether a page has no prerendered shell. */
export function isWithoutShell({ file }: Pick<Candidate, 'file'>): boolean {
  return file === undefined
}

/** @param candidates - All pages with a shell. */
export function routesWithoutShell(
  candidates: readonly Candidate[],
  { outputs, config }: BuildContext,
): readonly Candidate[] {
  const known = new Set(candidates.map(({ pathname }) => pathname))
  const pages = outputs.appPages
    .map((page) => toCandidate(page, config.basePath))
    .filter(({ key }) => !known.has(key) && !isInternal(key) && !key.endsWith('.rsc'))
  return oncePerKey(pages)
}

/** Pages that the App Router does not render: they never have a shell. */
export function pagesOfOtherRouter(context: BuildContext): readonly Candidate[] {
  const { outputs, config } = context
  const written = staticFilesOf(context).filter(({ filePath }) => PAGE_FILE.test(filePath))
  const pages = [...outputs.pages, ...written].map((page) => toCandidate(page, config.basePath))
  const locales = (config.i18n?.locales ?? []).map((locale) => `/${locale}`)
  const pathOf = (key: string): string => {
    const locale = locales.find((start) => key.startsWith(`${start}/`)) ?? ''
    return key.slice(locale.length)
  }
  return oncePerKey(pages.filter(({ key }) => !NO_PAGE.test(pathOf(key))))
}

const NO_PAGE = /^\/_next\/|^\/(?:_app|_document|_error|404|500)$/

/** Next lists pages that the Pages Router has written as HTML among the files, not the pages (`build/adapter/build-complete.js`). */
const PAGE_FILE = /[/\\]server[/\\]pages[/\\].*\.html$/

function oncePerKey(pages: readonly Candidate[]): readonly Candidate[] {
  return [...new Map(pages.map((page) => [page.key, page])).values()]
}

function toCandidate({ id, pathname, runtime = 'nodejs' }: Page, basePath: string): Candidate {
  const key = withoutBasePath(pathname, basePath)
  return {
    key,
    pathname: key,
    route: id,
    runtime,
    status: 200,
    headers: [],
    lifetime: { revalidate: undefined, expire: undefined },
    isUpgraded: false,
    file: undefined,
    shellBytes: 0,
    postponedState: undefined,
    resumeHeaders: [],
    bypassFor: [],
  }
}

// Suggests a line for next.config if a proxy gates pages but perhaps does not guard them, as in every template whose matcher covers all
// pages. Only the app's developers know which pages are public, so the line names all, and they remove the guarded ones. Pure.

import { ELSEWHERE, isDynamic } from '../../protocol/build/route-match.ts'
import type { BuildReport, PageReport } from './build-report.ts'

/** For a single gated page, `inspect` gives the advice. */
const LEAST_PAGES = 2
/** People do not read more than this. */
const MOST_NAMES = 12

const ALSO_REWRITTEN = `Add '${ELSEWHERE}': 'instant' if it also rewrites addresses to them, such as those of a default locale.`

/** Undefined if the proxy gates fewer than two pages. */
export function suggestVouching({ pages }: Pick<BuildReport, 'pages'>): string | undefined {
  const gated = pages.filter(({ mode, reason }) => mode === 'gated' && reason === 'a proxy can match it')
  if (gated.length < LEAST_PAGES) return undefined
  const rewritten = pages.filter(({ key }) => key === ELSEWHERE)
  const names = namesFor(gated)
  const entries = names.slice(0, MOST_NAMES).map((name) => `'${name}': 'instant'`)
  const more = names.length > MOST_NAMES ? ' /* and so on */' : ''
  return [
    `The proxy can match ${gated.length} of ${pages.length - rewritten.length} pages. Each of them waits for the proxy, and none opens without a network.`,
    'If it guards only some, vouch for the others. Their shells are then published, and shown before the proxy is asked.',
    'Remove from this line what is guarded:',
    '',
    `  withShellCache(config, { routes: { ${entries.join(', ')}${more} } })`,
    ...(rewritten.some(({ mode }) => mode === 'gated') ? ['', ALSO_REWRITTEN] : []),
  ].join('\n')
}

/** One name for each page at the top level, one glob for all pages of a folder with several. */
function namesFor(pages: readonly PageReport[]): readonly string[] {
  const routes = [...new Set(pages.map(({ route }) => route))]
  const names = routes.map((route) => {
    const folder = folderOf(route)
    return routes.some((other) => other !== route && folderOf(other) === folder) ? `${folder}/**` : route
  })
  return [...new Set(names)]
}

/** A dynamic segment at the root is a folder without a name, so the routes below it are named one by one. */
function folderOf(route: string): string {
  const [, first = ''] = route.split('/')
  return isDynamic(`/${first}`) ? route : `/${first}`
}

// Which route serves a path: the same code decides in the worker (which record to flush) and at the origin (which record
// may be resumed), so the two cannot disagree. Patterns are the App Router's own: `[slug]`, `[...all]`, `[[...all]]`.
//
// The table must hold every route that could answer a path of a recorded one, even a route that is never served from a
// record: `/products/new` must win over `/products/[slug]` before its mode is looked at.

/** How a route is served. `gated` flushes only after the origin's verdict; `off` is never intercepted. */
export type Mode = 'instant' | 'gated' | 'off'

/** One line of the build's route table. */
export type RouteEntry = {
  /** As Next writes it, without `basePath`: `'/products/[slug]'`. */
  readonly pattern: string
  /** How its pages are served. */
  readonly mode: Mode
  /**
   * Paths that something else answers before the pattern does, and that are `off`: decoded, `*` for any text in a segment, `**` at the
   * end for any rest. Case does not matter, as in Next's rules.
   */
  readonly except?: readonly string[]
}

export type Segment = { readonly kind: 'literal' | 'param' | 'catch-all' | 'optional-catch-all'; readonly text: string }
type CompiledRoute = {
  readonly entry: RouteEntry
  readonly regex: RegExp
  readonly exceptions: readonly RegExp[]
}

/** A table that is compiled once, at worker start or origin start, and used for every request. */
export type RouteTable = readonly CompiledRoute[]

/** @param entries - In the order in which they are asked (route-order.ts): the first that matches a path serves it. */
export function compileRoutes(entries: readonly RouteEntry[]): RouteTable {
  return entries.map((entry) => ({
    entry,
    regex: toRegex(toSegments(entry.pattern)),
    exceptions: (entry.except ?? []).map(globOf),
  }))
}

/** The route that serves a canonical path; undefined if no route of the table does. */
export function matchRoute(table: RouteTable, path: string): RouteEntry | undefined {
  const route = table.find(({ regex }) => regex.test(path))
  return route && isExcepted(route.exceptions, path) ? { ...route.entry, mode: 'off' } : route?.entry
}

/** True for a canonical path that an entry leaves to something else. */
export function excepts({ except = [] }: Pick<RouteEntry, 'except'>, path: string): boolean {
  return isExcepted(except.map(globOf), path)
}

function isExcepted(exceptions: readonly RegExp[], path: string): boolean {
  return exceptions.some((glob) => glob.test(decodeURIComponent(path)))
}

/** The expression for a glob of {@link RouteEntry.except}, or for one segment of it. */
export function globOf(glob: string): RegExp {
  const parts = glob.split('/').map((part) => part.split('*').map(escapeRegex).join('[^/]*'))
  const source = glob.endsWith('/**') ? `${parts.slice(0, -1).join('/')}(?:/[^]*)?` : parts.join('/')
  return new RegExp(`^${source}$`, 'i')
}

function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** The canonical path that a pattern has with these parameters; undefined if one is missing. */
export function fillPattern(pattern: string, params: Readonly<Record<string, unknown>>): string | undefined {
  const parts = toSegments(pattern).flatMap(({ kind, text }) => {
    if (kind === 'literal') return [text]
    const value = params[text.replaceAll(/[[\].]/g, '')]
    if (kind === 'optional-catch-all' && value === undefined) return []
    return [value]
      .flat()
      .map((part) => (typeof part === 'string' && part !== '' ? encodeURIComponent(part) : undefined))
  })
  return parts.includes(undefined) ? undefined : `/${parts.join('/')}`
}

/**
 * The row for every address that is no page's own: only Next knows where a proxy or a rewrite leads from there, and a browser gets the
 * page's record for the address that it was visited at.
 */
export const ELSEWHERE = '/[[...elsewhere]]'

/** True for a pattern with at least one parameter. */
export function isDynamic(pattern: string): boolean {
  return toSegments(pattern).some((segment) => segment.kind !== 'literal')
}

/** True if a pattern could answer the path; both without `basePath`, the path canonical. */
export function patternAnswers(pattern: string, path: string): boolean {
  return toRegex(toSegments(pattern)).test(path)
}

/**
 * One spelling for each path: each segment percent-encoded as `encodeURIComponent` does, no trailing slash but the root's.
 * Undefined if it cannot be a page's path: broken escapes, an empty or dot segment, an encoded slash, a control character.
 */
export function canonicalPath(pathname: string): string | undefined {
  if (!pathname.startsWith('/')) return undefined
  const segments = pathname.replace(/\/$/, '').split('/').slice(1)
  const spelled = segments.map(canonicalSegment)
  return spelled.some((segment) => segment === undefined) ? undefined : `/${spelled.join('/')}`
}

function canonicalSegment(segment: string): string | undefined {
  try {
    const text = decodeURIComponent(segment)
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    return text === '' || text === '.' || text === '..' || /[/\\\u0000-\u001f]/.test(text)
      ? undefined
      : encodeURIComponent(text)
  } catch {
    return undefined
  }
}

export function toSegments(pattern: string): Segment[] {
  return pattern.split('/').filter(Boolean).map(toSegment)
}

function toSegment(text: string): Segment {
  if (/^\[\[\.\.\.[^\]]+\]\]$/.test(text)) return { kind: 'optional-catch-all', text }
  if (/^\[\.\.\.[^\]]+\]$/.test(text)) return { kind: 'catch-all', text }
  if (/^\[[^\]]+\]$/.test(text)) return { kind: 'param', text }
  return { kind: 'literal', text: canonicalSegment(text) ?? text }
}

function toRegex(segments: readonly Segment[]): RegExp {
  const source = segments.map((segment) => {
    if (segment.kind === 'optional-catch-all') return '(?:/.+)?'
    if (segment.kind === 'catch-all') return '/.+'
    return segment.kind === 'param' ? '/[^/]+' : `/${escapeRegex(segment.text)}`
  })
  return new RegExp(`^${source.join('')}/?$`)
}

// Routes a request as the Build Output API does: `routes` of its config.json, phase by phase, as Vercel's documentation describes it
// (vercel.com/docs/build-output-api/configuration#routes). Supports only what the adapters write for an app without a proxy. Pure.

import type { IncomingHttpHeaders } from 'node:http'

export type Condition = { readonly type: string; readonly key: string; readonly value?: string }

export type Route = {
  readonly handle?: string
  readonly src?: string
  readonly dest?: string
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly continue?: boolean
  readonly check?: boolean
  readonly has?: readonly Condition[]
  readonly missing?: readonly Condition[]
}

/** An existing part of the output: the path of a static file or of a function, with the query after routing. */
export type Target = {
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string>>
  readonly status: number | undefined
}

type State = { path: string; query: URLSearchParams; headers: Record<string, string>; status: number | undefined }

/** @param exists - Whether the output has a file or a function at a path. @returns Undefined if there is not even an error page. */
export function resolveRoute(
  routes: readonly Route[],
  url: string,
  headers: IncomingHttpHeaders,
  exists: (path: string) => boolean,
): Target | undefined {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  const state: State = { path: decodeURI(pathname), query: searchParams, headers: {}, status: undefined }
  const phases = phasesOf(routes)
  const run = (phase: string): boolean => runPhase(phases.get(phase) ?? [], state, headers, exists)
  const isDone = run('') || isRedirect(state) || exists(state.path)
  // A phase may end with a status: then the error phase has the page for it.
  const isFound =
    isDone || ['filesystem', 'rewrite', 'miss', 'resource'].some((phase) => run(phase) || state.status !== undefined)
  if (isRedirect(state)) return state
  if (isFound && exists(state.path) && (state.status ?? 200) < 400) {
    run('hit')
    return state
  }
  state.status ??= 404
  for (const route of phases.get('error') ?? []) {
    if (route.status !== state.status || !match(route, state, headers)) continue
    apply(route, state, match(route, state, headers) ?? {})
    return exists(state.path) ? state : undefined
  }
  return undefined
}

function isRedirect({ status, headers }: State): boolean {
  return status !== undefined && status >= 300 && status < 400 && headers['location'] !== undefined
}

function phasesOf(routes: readonly Route[]): ReadonlyMap<string, readonly Route[]> {
  const phases = new Map<string, Route[]>()
  let phase = ''
  for (const route of routes) {
    if (route.handle !== undefined) phase = route.handle
    else phases.set(phase, [...(phases.get(phase) ?? []), route])
  }
  return phases
}

/** @returns Whether a rule led to something that exists. */
function runPhase(
  routes: readonly Route[],
  state: State,
  headers: IncomingHttpHeaders,
  exists: (path: string) => boolean,
): boolean {
  for (const route of routes) {
    const groups = match(route, state, headers)
    if (!groups) continue
    apply(route, state, groups)
    if (route.check === true && exists(state.path)) return true
    if (route.continue !== true && route.check !== true) return exists(state.path)
  }
  return false
}

/** @returns The named and numbered groups that the rule matched in path and headers. */
function match({ src, has, missing }: Route, { path }: State, headers: IncomingHttpHeaders): Groups | undefined {
  const found = new RegExp(anchored(src ?? '.*'), 'i').exec(path)
  if (!found) return undefined
  const groups: Groups = { ...found.groups }
  found.forEach((value, at) => (groups[at] = value))
  for (const condition of has ?? []) {
    const held = meets(condition, headers)
    if (!held) return undefined
    Object.assign(groups, held)
  }
  return (missing ?? []).some((condition) => meets(condition, headers)) ? undefined : groups
}

type Groups = Record<string, string | undefined>

function meets({ type, key, value }: Condition, headers: IncomingHttpHeaders): Groups | undefined {
  const given = type === 'header' ? headers[key.toLowerCase()] : type === 'host' ? headers.host : undefined
  if (given === undefined) return undefined
  if (value === undefined) return {}
  const found = new RegExp(anchored(value)).exec(String(given))
  return found ? { ...found.groups } : undefined
}

function anchored(source: string): string {
  return `${source.startsWith('^') ? '' : '^'}${source}${source.endsWith('$') ? '' : '$'}`
}

function apply({ dest, status, headers }: Route, state: State, groups: Groups): void {
  const fill = (text: string): string => text.replace(/\$(\d+|[a-zA-Z]\w*)/g, (_, name: string) => groups[name] ?? '')
  for (const [name, value] of Object.entries(headers ?? {})) state.headers[name.toLowerCase()] = fill(value)
  if (status !== undefined) state.status = status
  if (dest === undefined) return
  const [path = '', query = ''] = fill(dest).split('?', 2)
  state.path = path
  for (const [name, value] of new URLSearchParams(query)) state.query.set(name, value)
}

// Stands in for Next's own server in the origin's unit tests: finds the page of a request, tells `requestMeta.onCacheEntryV2` of its entry,
// and continues from what the entry holds then. It answers with what it was shown, so that a test can look. The real Next after the same
// gate is tested in e2e (gate.spec.ts).

import type { IncomingMessage, ServerResponse } from 'node:http'

import { isObject } from '../protocol/json-shape.ts'

/** Like Next's `RenderResult`, as far as an entry needs it. */
class Html {
  static fromStatic(text: string | null, _type: string): Html {
    return new Html(text ?? '')
  }
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }
  toUnchunkedString(): string {
    return this.#text
  }
}

export type Found = {
  readonly route: string
  readonly params?: object
  readonly status?: number
  readonly shell: string
  readonly postponed: string | undefined
  /** What else Next's cache entry says of the page: `isFallback`, `isStale`, `cacheControl`. */
  readonly entry?: object
  readonly headers?: object
  readonly segments?: ReadonlyMap<string, Uint8Array>
}

/** How this Next differs from an ordinary one. */
export type Behaviour = {
  /** The page of a path; undefined if Next answers by itself. */
  readonly find?: (path: string) => Found | undefined
  /** Answers if there is no page: with a redirect, or as a proxy does. */
  readonly otherwise?: (incoming: IncomingMessage, response: ServerResponse) => void
  /** Called before anything else, when Next puts its compression on a response. */
  readonly before?: (incoming: IncomingMessage, response: ServerResponse) => void
  /** Writes the page instead of {@link writePage}. */
  readonly write?: (response: ServerResponse, body: string) => unknown
  /** Changes the entry's value before the origin sees it, as another release of Next would. */
  readonly entry?: (value: Record<string, unknown>) => unknown
}

export type FakeNext = {
  readonly listener: (incoming: IncomingMessage, response: ServerResponse) => void
  /** How often a page was rendered. */
  readonly renders: () => number
  /** How many requests arrived. */
  readonly requests: () => number
}

const PAGES: { readonly [path: string]: Found } = {
  '/': { route: '/', shell: '<html>/', postponed: 'home' },
  '/old': { route: '/old', shell: '<html>/old', postponed: 'old' },
  '/off': { route: '/off', shell: '<html>/off', postponed: 'off' },
  '/whole': { route: '/whole', shell: '<html>/whole', postponed: undefined },
}

/** The pages of test-origin.ts as it was built: `/`, `/old`, `/off`, `/whole`, `/p/a`, `/p/b`, and the shell of `/p/[slug]`. */
export function findPage(path: string): Found | undefined {
  const slug = /^\/p\/([^/]+)$/.exec(path)?.[1]
  if (slug === undefined) return PAGES[path]
  const page = { route: '/p/[slug]', params: { slug: decodeURIComponent(slug) } }
  return slug === 'a' || slug === 'b'
    ? { ...page, shell: `<html>${path}`, postponed: slug }
    : { ...page, shell: '<html>/p/[slug]', postponed: 'fallback', entry: { isFallback: true } }
}

/** Pages that change once; before that they are as in `was`. */
export function changing(was: Readonly<Record<string, Found>>): {
  readonly find: (path: string) => Found | undefined
  readonly change: () => void
} {
  let isOld = true
  return { find: (path) => (isOld ? was[path] : undefined) ?? findPage(path), change: () => void (isOld = false) }
}

export function fakeNext({
  find = findPage,
  otherwise = notFound,
  before,
  write = writePage,
  entry,
}: Behaviour = {}): FakeNext {
  let renders = 0
  let requests = 0
  return {
    renders: () => renders,
    requests: () => requests,
    listener(incoming, response) {
      requests++
      before?.(incoming, response)
      const page = find((incoming.url ?? '').split('?', 1)[0] ?? '')
      if (!page) return otherwise(incoming, response)
      void answer(incoming, response, page)
    },
  }

  async function answer(incoming: IncomingMessage, response: ServerResponse, page: Found): Promise<void> {
    const META = Symbol.for('NextInternalRequestMeta')
    const meta: unknown = Reflect.get(incoming, META) ?? {}
    const match = { definition: { pathname: page.route } }
    Reflect.set(incoming, META, { ...(isObject(meta) ? meta : {}), match, params: page.params })
    const value: Record<string, unknown> = {
      kind: 'APP_PAGE',
      html: Html.fromStatic(page.shell, 'text/html'),
      postponed: page.postponed,
      status: page.status ?? 200,
      headers: page.headers,
      segmentData: page.segments,
    }
    entry?.(value)
    const observer = isObject(meta) ? meta['onCacheEntryV2'] : undefined
    if (typeof observer === 'function' && (await observer({ ...page.entry, value }, { url: incoming.url }))) return
    renders++
    const { method, url, headers } = incoming
    const html = value['html'] instanceof Html ? value['html'].toUnchunkedString() : ''
    const rest = page.postponed === undefined ? '' : JSON.stringify({ method, url, headers, state: value['postponed'] })
    await write(response, html + rest)
  }
}

export function writePage(response: ServerResponse, body: string): void {
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.setHeader('cache-control', 'private, no-cache, no-store, max-age=0, must-revalidate')
  response.end(body)
}

function notFound(_incoming: IncomingMessage, response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'text/html' }).end('not found')
}

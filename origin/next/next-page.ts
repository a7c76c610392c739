// Tells when Next has found the page of a request and has rendered nothing of it yet. Next says so through `requestMeta.onCacheEntryV2`
// (runtime-integration, "Handler Context"), which its own server takes from the request. By then the request has gone Next's whole way:
// rules of next.config, the proxy, rewrites, the router. This is the only file that knows the shape of Next's entry.
//
//   must treat what it reads as unknown: the entry is Next's own, and partly undocumented;
//   must change the entry that it is given and nothing that the entry refers to: Next makes an entry for each request
//   (`response-cache/utils.js`, toResponseCacheEntry), the cached value is shared.

import { type IncomingMessage, ServerResponse } from 'node:http'

import { isCount, isObject, isString, type JsonObject } from '../../protocol/json-shape.ts'
import type { HeaderList, Lifetime, Segments } from '../../protocol/record/record.ts'
import { fillPattern } from '../../protocol/build/route-match.ts'
import { pipeRest } from './pipe-rest.ts'
import { momentOf } from './revalidations.ts'

/** `server/request-meta.js` of Next. */
const REQUEST_META = Symbol.for('NextInternalRequestMeta')

/** The page that Next is about to send. */
export type NextPage = {
  /** The app's own route. */
  readonly route: string
  /** The page's path, made of the parameters that the page itself is given; it differs from the URL's after a rewrite. */
  readonly path: string
  readonly status: number
  /** A moment before Next looked for it (milliseconds since the epoch): the page may lack what was revalidated since. */
  readonly asOf: number
  /** The shell that Next would send, and the state that it would continue from. A page without holes has no state. */
  readonly shell: string
  readonly postponedState: string | undefined
  /** The page's route has a shell of its own, this path has none: `shell` is the route's. */
  readonly isFallback: boolean
  /** Next serves this page once more, and makes a newer one in the background. */
  readonly isStale: boolean
  readonly lifetime: Lifetime
  /** The response headers that the entry adds, and the tags by which it is revalidated. */
  readonly headers: HeaderList
  readonly tags: readonly string[]
  /** What Next's router fetches for this very shell, as a copy; empty if this Next keeps none of it. */
  readonly readSegments: () => Segments
  /** Has Next continue from this state, and send nothing before it. False if this Next does not allow it. */
  readonly skipShell: (postponedState: string | undefined) => boolean
}

/**
 * @param answer - Called at most once, before anything is rendered; never if the request leads to no prerendered page.
 * Resolves to true if the response has been answered, to false if Next must continue.
 */
export function whenPageFound(
  incoming: IncomingMessage,
  answer: (page: NextPage | undefined) => Promise<boolean>,
): void {
  const asOf = momentOf()
  const onCacheEntryV2 = (entry: unknown): Promise<boolean> => {
    const page = readPage(entry, Reflect.get(incoming, REQUEST_META))
    return answer(page && { ...page, asOf })
  }
  Reflect.set(incoming, REQUEST_META, { onCacheEntryV2 })
}

/** Hands a server action's body to Next, with the state that its page is rendered from (`build/templates/app-page-runtime.js`). */
export function attachAction(incoming: IncomingMessage, postponed: string, body: Uint8Array): void {
  Reflect.set(incoming, REQUEST_META, { postponed, actionBody: Buffer.from(body) })
}

/** Undefined if the entry is no prerendered page. */
function readPage(entry: unknown, meta: unknown): Omit<NextPage, 'asOf'> | undefined {
  const value = isObject(entry) ? entry['value'] : undefined
  const found = readMatch(meta)
  if (!isObject(entry) || !isObject(value) || value['kind'] !== 'APP_PAGE' || !found) return undefined
  const { html, postponed, status } = value
  const shell =
    isObject(html) && typeof html['toUnchunkedString'] === 'function' ? html['toUnchunkedString']() : undefined
  if (!isString(shell)) return undefined
  return {
    ...found,
    status: typeof status === 'number' ? status : 200,
    shell,
    postponedState: isString(postponed) ? postponed : undefined,
    isFallback: entry['isFallback'] === true,
    isStale: entry['isStale'] === true,
    lifetime: readLifetime(entry['cacheControl']),
    ...readHeaders(value['headers']),
    readSegments: () => readSegments(value['segmentData']),
    skipShell: (state) => replaceBody(value, html, state),
  }
}

function readSegments(data: unknown): Segments {
  const entries: unknown[][] = data instanceof Map ? [...data] : []
  return new Map(
    entries.flatMap(([name, payload]) =>
      isString(name) && payload instanceof Uint8Array ? [[name, new Uint8Array(payload)] as const] : [],
    ),
  )
}

/** `revalidate: false` means never. A fallback's entry has none. */
function readLifetime(cacheControl: unknown): Lifetime {
  const { revalidate, expire } = isObject(cacheControl) ? cacheControl : {}
  return { revalidate: isCount(revalidate) ? revalidate : undefined, expire: isCount(expire) ? expire : undefined }
}

/** `NEXT_CACHE_TAGS_HEADER` of Next's `lib/constants.js`. */
const TAGS_HEADER = 'x-next-cache-tags'

function readHeaders(headers: unknown): Pick<NextPage, 'headers' | 'tags'> {
  const list = Object.entries(isObject(headers) ? headers : {}).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name.toLowerCase(), String(value)]),
  )
  return {
    headers: list.filter(([name]) => name !== TAGS_HEADER),
    tags: list.filter(([name]) => name === TAGS_HEADER).flatMap(([, value]) => value.split(',')),
  }
}

function readMatch(meta: unknown): Pick<NextPage, 'route' | 'path'> | undefined {
  const match = isObject(meta) ? meta['match'] : undefined
  const definition = isObject(match) ? match['definition'] : undefined
  const route = isObject(definition) ? definition['pathname'] : undefined
  const params = isObject(meta) && isObject(meta['params']) ? meta['params'] : {}
  const path = isString(route) ? fillPattern(route, params) : undefined
  return isString(route) && path !== undefined ? { route, path } : undefined
}

/** `RenderResult.fromStatic` of Next, reached through an instance: its module has another path in each release. */
function replaceBody(value: JsonObject, html: unknown, postponedState: string | undefined): boolean {
  const RenderResult: unknown = isObject(html) ? html['constructor'] : undefined
  const fromStatic: unknown = typeof RenderResult === 'function' ? Reflect.get(RenderResult, 'fromStatic') : undefined
  // The entry has already decided whether Next continues at all; we only choose the state that it continues from.
  if (typeof fromStatic !== 'function' || isString(value['postponed']) !== isString(postponedState)) return false
  // Like Next's own `RenderResult.EMPTY` if a rest follows: Next would first make a stream of an empty text.
  const nothing = postponedState === undefined ? '' : null
  const empty: unknown = Reflect.apply(fromStatic, RenderResult, [nothing, 'text/html; charset=utf-8'])
  if (isObject(empty)) pipeByOurselves(empty)
  return Reflect.set(value, 'html', empty) && Reflect.set(value, 'postponed', postponedState)
}

/**
 * Next adds the stream of the rest to its result, and has the result send itself when the head is complete. If either method has another
 * form, Next's own way is taken.
 */
function pipeByOurselves(result: JsonObject): void {
  const { push, pipeToNodeResponse } = result
  if (typeof push !== 'function' || typeof pipeToNodeResponse !== 'function') return
  const added: unknown[] = []
  const own = {
    push(stream: unknown): unknown {
      added.push(stream)
      return Reflect.apply(push, result, [stream])
    },
    pipeToNodeResponse(response: unknown): unknown {
      const [rest] = added
      return added.length === 1 && rest instanceof ReadableStream && response instanceof ServerResponse
        ? pipeRest(rest, response)
        : Reflect.apply(pipeToNodeResponse, result, [response])
    },
  }
  Object.assign(result, own)
}

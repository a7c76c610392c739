// What Next knows about revalidated tags. Next looks at them when it finds a page, and never again: a render that continues from a state
// uses what was cached with that state, whatever was revalidated since (`use-cache-wrapper.js` of Next 16.4.6).
//
//   must count as revalidated what cannot be read or asked about: the visitor then gets the network's page.

import { createRequire } from 'node:module'
import { join } from 'node:path'

import { isObject } from '../../protocol/json-shape.ts'

export type Revalidations = {
  /**
   * Whether one of these tags may have been revalidated since a moment (milliseconds since the epoch), immediately or with a profile.
   * Never rejects.
   */
  readonly anyOf: (tags: readonly string[], since: number) => Promise<boolean>
  /** Whether any tag at all was revalidated in this process since a moment. */
  readonly any: (since: number) => boolean
}

/** Now, by the slower of the two clocks that Next uses: nothing that is revalidated from here on has an earlier time. */
export function momentOf(): number {
  return Math.floor(Math.min(...clocks()))
}

/** They drift apart in a process that runs long. */
function clocks(): readonly [number, number] {
  return [Date.now(), performance.timeOrigin + performance.now()]
}

/**
 * @param dir - The folder of the app's `next.config`.
 * @param hasOwnPageCache - The app has a `cacheHandler` of its own, in which other servers may store what they revalidate. Next's interface
 * for it tells nothing about that; the one for `cacheHandlers` does.
 */
export function findRevalidations(dir: string, hasOwnPageCache: boolean): Revalidations {
  const list = loadList(dir)
  return {
    any: (since) => !list || [...list.values()].some((entry) => isSince(entry, since)),
    async anyOf(tags, since) {
      if (!list || tags.some((tag) => isSince(list.get(tag), since))) return true
      const handlers = ownHandlers()
      if (hasOwnPageCache && handlers.length === 0) return true
      const answers = await Promise.all(handlers.map((handler) => lastRevalidation(handler, tags)))
      return answers.some((at) => !(at < since))
    },
  }
}

/** A tag with a profile is stale immediately and expires later; its earlier entry is forgotten then. */
function isSince(entry: unknown, since: number): boolean {
  const { stale, expired } = isObject(entry) ? entry : {}
  return Number(stale) >= since || (Number(expired) >= since && Number(expired) <= Math.ceil(Math.max(...clocks())))
}

/** Next's own list, which all its modules in this process share. */
function loadList(dir: string): ReadonlyMap<unknown, unknown> | undefined {
  try {
    const load = createRequire(join(dir, 'package.json'))
    const module: unknown = load('next/dist/server/lib/incremental-cache/tags-manifest.external.js')
    const list = isObject(module) ? module['tagsManifest'] : undefined
    return list instanceof Map ? list : undefined
  } catch {
    return undefined
  }
}

/** The app's `cacheHandlers` without Next's built-in ones, whose list is the one above (`server/use-cache/handlers.js`). */
function ownHandlers(): readonly unknown[] {
  const all: unknown = Reflect.get(globalThis, Symbol.for('@next/cache-handlers-set'))
  const builtIn: unknown = Reflect.get(globalThis, Symbol.for('@next/cache-handlers-built-in'))
  const handlers: unknown[] = all instanceof Set ? [...all] : []
  return handlers.filter((handler) => !(builtIn instanceof Set && builtIn.has(handler)))
}

/** NaN if a handler does not say. */
async function lastRevalidation(handler: unknown, tags: readonly string[]): Promise<number> {
  try {
    const { refreshTags, getExpiration } = isObject(handler) ? handler : {}
    if (typeof getExpiration !== 'function') return NaN
    // Gets what other servers have written, as Next does before a request.
    if (typeof refreshTags === 'function') await Reflect.apply(refreshTags, handler, [])
    const at: unknown = await Reflect.apply(getExpiration, handler, [tags])
    return typeof at === 'number' ? at : NaN
  } catch {
    return NaN
  }
}

// Tells the browser what a server action has changed, by tag: Next's own header says only that something was, a cookie among it, and
// every shell would be invalidated after it. Next sets that header inside the action's own async context, where the tags are. Where
// this Next keeps its tags elsewhere, the worker goes by Next's header alone.

import type { ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'

import { isObject, isString } from '../../protocol/json-shape.ts'
import { INVALIDATE_HEADER } from '../../protocol/wire.ts'
import { tagHashOf } from '../../seal/hash.ts'

/** `NEXT_ACTION_REVALIDATED_HEADER` of Next's `client/components/app-router-headers.js`. */
const ACTION_HEADER = 'x-action-revalidated'
const NAMES = 'next/dist/client/components/app-router-headers.js'

/**
 * Whether this Next calls the header by another name. The worker would hear of no change then, and a visitor would not see what they
 * have changed.
 *
 * @param dir - The folder of the app's `next.config`.
 */
export function isHeaderRenamed(dir: string): boolean {
  try {
    const module: unknown = createRequire(join(dir, 'package.json'))(NAMES)
    return isObject(module) && module['NEXT_ACTION_REVALIDATED_HEADER'] !== ACTION_HEADER
  } catch {
    return false
  }
}

/** Invalidates everything: no one says what was changed. */
export function addInvalidateAll(response: ServerResponse): void {
  response.setHeader(INVALIDATE_HEADER, '*')
}

/** The store of the request that is being rendered here and now. */
export type ReadStore = () => unknown

/** @param dir - The folder of the app's `next.config`. Undefined where this Next has no such module. */
export function findStore(dir: string): ReadStore | undefined {
  try {
    const load = createRequire(join(dir, 'package.json'))
    const module: unknown = load('next/dist/server/app-render/work-async-storage.external.js')
    const storage = isObject(module) ? module['workAsyncStorage'] : undefined
    const read = isObject(storage) ? storage['getStore'] : undefined
    return typeof read === 'function' ? () => Reflect.apply(read, storage, []) as unknown : undefined
  } catch {
    return undefined
  }
}

/** Adds our header where Next adds its own. Never throws. */
export function addInvalidationHeader(response: ServerResponse, readStore: ReadStore): void {
  // oxlint-disable-next-line typescript/unbound-method -- applied to the response again below
  const { setHeader } = response
  const set = (name: string, value: unknown): ServerResponse => Reflect.apply(setHeader, response, [name, value])
  response.setHeader = (name: string, value: unknown) => {
    const tags = name.toLowerCase() === ACTION_HEADER ? changedTags(readStore()) : undefined
    if (tags) set(INVALIDATE_HEADER, tags.map(toName).join(','))
    return set(name, value)
  }
}

/** Hashed, as records have them: Next sends no tag to a browser. */
function toName(tag: string): string {
  return `#${tagHashOf(tag)}`
}

/**
 * What is gone at once. A tag with a profile goes on being served until there is something newer, to the one who changed it, too
 * (`addRevalidationHeader` in Next's `server/app-render/action-handler.js`). Undefined where the store is of another form.
 */
function changedTags(store: unknown): readonly string[] | undefined {
  const pending = isObject(store) ? (store['pendingRevalidatedTags'] ?? []) : undefined
  if (!Array.isArray(pending)) return undefined
  const tags = pending.filter((item: unknown) => isObject(item) && isGone(item['profile'])).map(tagOf)
  return tags.every(isString) ? tags : undefined
}

function isGone(profile: unknown): boolean {
  return profile === undefined || (isObject(profile) && profile['expire'] === 0)
}

function tagOf(item: unknown): unknown {
  return isObject(item) ? item['tag'] : undefined
}

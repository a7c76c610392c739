// Tells the browser by tag what a server action has changed. Next's own header says only that something was changed (a cookie counts too),
// so it would invalidate every shell. Next sets that header inside the action's own async context, which has the tags. If this Next keeps
// its tags elsewhere, the worker uses Next's header alone.

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
 * Whether this Next gives the header another name. The worker would then hear of no change, and visitors would not see what they have
 * changed.
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

/** Invalidates everything: it is not known what was changed. */
export function addInvalidateAll(response: ServerResponse): void {
  response.setHeader(INVALIDATE_HEADER, '*')
}

/** Reads the store of the request that is being rendered at this moment. */
export type ReadStore = () => unknown

/** @param dir - The folder of the app's `next.config`. @returns Undefined if this Next has no such module. */
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

/** Adds our header when Next adds its own. Never throws. */
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

/** Hashed, as in records: Next sends no tag to a browser. */
function toName(tag: string): string {
  return `#${tagHashOf(tag)}`
}

/**
 * The tags that are gone immediately. A tag with a profile is still served until there is something newer, even to the visitor who changed
 * it (`addRevalidationHeader` in Next's `server/app-render/action-handler.js`). Undefined if the store has another form.
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

/**
 * The origin for a custom server. Plain `next start` has it automatically.
 *
 * @packageDocumentation
 */

import type { IncomingMessage, ServerResponse } from 'node:http'

import { type App, loadApp } from './app.ts'
import { handle } from './answer/handle.ts'
import type { Load } from './answer/place.ts'
import { isForDictionary, isPreload, offerDictionary, shortenPreload } from './answer/preload.ts'
import { isAction, isOurs } from './gate/request.ts'
import { tellDraft } from './next/draft-cookie.ts'
import {
  findStore,
  isHeaderRenamed,
  type ReadStore,
  addInvalidateAll,
  addInvalidationHeader,
} from './next/invalidation-header.ts'
import { tellSwitch } from './switch.ts'

/** What {@link createOrigin} takes. */
export type OriginOptions = {
  /** The folder of the app's `next.config`. */
  readonly dir: string
  /**
   * Next's option of the same name, relative to `dir`.
   *
   * @defaultValue `'.next'`
   */
  readonly distDir?: string
}

/**
 * Resolves to true if the request was answered, and to false if Next has to answer it. A request that is not ours was not touched. For a
 * resume, Next then renders the page from where the shell ends.
 */
export type Origin = (incoming: IncomingMessage, response: ServerResponse) => Promise<boolean>

/**
 * Makes the handler that a custom server calls before Next's own: `if (!(await origin(req, res))) await next(req, res)`. Nothing may answer
 * the request in between.
 *
 * The app's files are read at the first resume. If they are missing, the handler says so once on the console and leaves every request to
 * Next. Pages then come whole from the network. It never rejects.
 *
 * @param options - Where the build is.
 */
export function createOrigin({ dir, distDir = '.next' }: OriginOptions): Origin {
  const load: Load = { renders: 0 }
  let loading: { readonly app: App | undefined } | undefined
  let writes: { readonly isRenamed: boolean; readonly read: ReadStore | undefined } | undefined
  return async (incoming, response) => {
    tellSwitch(incoming, response)
    tellDraft(incoming, response)
    if (isAction(incoming)) {
      writes ??= { isRenamed: isHeaderRenamed(dir), read: findStore(dir) }
      if (writes.isRenamed) addInvalidateAll(response)
      else if (writes.read) addInvalidationHeader(response, writes.read)
    }
    const isFile = isForDictionary(incoming)
    if (!isOurs(incoming) && !isPreload(incoming) && !isFile) return false
    loading ??= { app: loadApp({ dir, distDir }) }
    if (!loading.app) return false
    if (isFile) {
      offerDictionary(incoming, response, loading.app)
      return false
    }
    if (isPreload(incoming)) {
      shortenPreload(incoming, response, loading.app)
      return false
    }
    return handle(incoming, response, loading.app, load)
  }
}

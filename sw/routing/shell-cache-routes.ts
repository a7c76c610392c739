// Offers this worker's answers as routes for somebody else's router, in the form that workbox-routing and Serwist share.

import { type Router, WRITING } from './routes.ts'
import type { Answer } from './answer.ts'

/** What a router says about the request that it routes. */
export type RoutedRequest = {
  /** The event that the request came with. */
  readonly event: ExtendableEvent
  /** The request itself. */
  readonly request: Request
}

/**
 * The requests of one method that the shell cache answers: for `registerRoute(matcher, handler, method)` of `workbox-routing`, or
 * unchanged as an entry of Serwist's `runtimeCaching`.
 */
export type ShellCacheRoute = {
  /** The method of these requests: a router has a list of routes for each. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Whether the shell cache has an answer. Does not start it. */
  readonly matcher: (options: RoutedRequest) => boolean
  /** Starts the answer. Rejects if the network does. */
  readonly handler: (options: RoutedRequest) => Promise<Response>
}

export function toRoutes(router: Router): readonly ShellCacheRoute[] {
  // Called once per event, however often a router asks: some of its answers are valid only once (response/reloads.ts).
  const found = new WeakMap<ExtendableEvent, Answer | undefined>()
  const matcher = ({ event, request }: RoutedRequest): boolean => {
    // A router may ask about requests that it made itself, with a message event: no visitor has sent them.
    if (!(event instanceof FetchEvent) || event.request !== request) return false
    if (!found.has(event)) found.set(event, router(event))
    return found.get(event) !== undefined
  }
  const handler = ({ event, request }: RoutedRequest): Promise<Response> => found.get(event)?.() ?? fetch(request)
  return (['GET', ...WRITING] as const).map((method) => ({ method, matcher, handler }))
}

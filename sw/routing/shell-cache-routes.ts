// This worker's answers as routes for the router of somebody else: the form that workbox-routing and Serwist share.

import { type Router, WRITING } from './routes.ts'
import type { Answer } from './answer.ts'

/** What a router says of the request that it routes. */
export type RoutedRequest = {
  /** The event that the request came with. */
  readonly event: ExtendableEvent
  /** What is asked for. */
  readonly request: Request
}

/**
 * One method's requests that the shell cache answers: `registerRoute(matcher, handler, method)` of `workbox-routing`, or an entry of
 * Serwist's `runtimeCaching` as it is.
 */
export type ShellCacheRoute = {
  /** Whose requests these are: a router has a list for each. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Whether the shell cache has an answer. It begins none. */
  readonly matcher: (options: RoutedRequest) => boolean
  /** Begins the answer. Rejects where the network does. */
  readonly handler: (options: RoutedRequest) => Promise<Response>
}

export function toRoutes(router: Router): readonly ShellCacheRoute[] {
  // Asked once an event, however often a router asks: some answers of it hold for one time (response/reloads.ts).
  const found = new WeakMap<ExtendableEvent, Answer | undefined>()
  const matcher = ({ event, request }: RoutedRequest): boolean => {
    // A router may ask for requests of its own making, in a message's event: no one navigates there.
    if (!(event instanceof FetchEvent) || event.request !== request) return false
    if (!found.has(event)) found.set(event, router(event))
    return found.get(event) !== undefined
  }
  const handler = ({ event, request }: RoutedRequest): Promise<Response> => found.get(event)?.() ?? fetch(request)
  return (['GET', ...WRITING] as const).map((method) => ({ method, matcher, handler }))
}

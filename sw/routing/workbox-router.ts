// Workbox's router, with routes whose match decides immediately and hands what it has read of the request on to the answer. The only file
// that imports Workbox: nothing else of it is needed.
//
//   must start no answer while it matches: the routers of others ask first and call later, or never (shell-cache-routes.ts);
//   must ask every route at most once per event: some answers are valid only once (response/reloads.ts).

import type { RouteHandlerCallbackOptions, RouteMatchCallbackOptions } from 'workbox-core/types.js'
import { Route } from 'workbox-routing/Route.js'
import { Router } from 'workbox-routing/Router.js'
import type { HTTPMethod } from 'workbox-routing/utils/constants.js'

import type { Answer } from './answer.ts'

/** A request as a route sees it. */
export type Asked = Pick<RouteMatchCallbackOptions, 'url' | 'sameOrigin' | 'request'> & { readonly event: FetchEvent }

type Kind = {
  /** One route is registered for each. */
  readonly methods: readonly HTTPMethod[]
  /** The answer to such a request, not started yet; undefined for every other. */
  readonly match: (asked: Asked) => Answer | undefined
  /** The last rung: answers if {@link Kind.match}'s answer rejects. Without it the page is told that its request failed. */
  readonly otherwise?: (request: Request) => Promise<Response>
}

/** @returns A function that finds the answer to an event. It asks the kinds in their order, and throws if a match does. */
export function createWorkboxRouter(kinds: readonly Kind[]): (event: FetchEvent) => Answer | undefined {
  const router = new Router()
  for (const kind of kinds) for (const method of kind.methods) router.registerRoute(toRoute(kind, method))
  return (event) => {
    const { request } = event
    const url = new URL(request.url)
    const asked = { url, sameOrigin: url.origin === location.origin, request, event }
    const { route, params } = router.findMatchingRoute(asked)
    return route && (() => answerOf(route, params === undefined ? asked : { ...asked, params }))
  }
}

function toRoute({ match, otherwise }: Kind, method: HTTPMethod): Route {
  const found = ({ event, ...asked }: RouteMatchCallbackOptions): { answer: Answer } | undefined => {
    const answer = isFetch(event) ? match({ ...asked, event }) : undefined
    return answer && { answer }
  }
  const route = new Route(found, ({ request, params }) => (isFound(params) ? params.answer() : fetch(request)), method)
  if (otherwise) route.setCatchHandler(({ request }) => otherwise(request))
  return route
}

/** Does what `Router.handleRequest()` does with the route that it has found. That method would look for the route again. */
async function answerOf({ handler, catchHandler }: Route, options: RouteHandlerCallbackOptions): Promise<Response> {
  try {
    return await handler.handle(options)
  } catch (error) {
    if (!catchHandler) throw error
    return catchHandler.handle(options)
  }
}

function isFetch(event: ExtendableEvent): event is FetchEvent {
  return 'request' in event
}

function isFound(params: RouteHandlerCallbackOptions['params']): params is { answer: Answer } {
  return params !== undefined && 'answer' in params
}

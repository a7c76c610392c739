// Workbox's router with routes whose match decides at once, and hands what it has read of the request on to the answer. The one file that
// imports Workbox: nothing else of it is needed.
//
//   must begin no answer while it matches: the routers of others ask first and call later, or never (shell-cache-routes.ts);
//   must ask every route at most once for an event: some answers hold for one time (response/reloads.ts).

import type { RouteHandlerCallbackOptions, RouteMatchCallbackOptions } from 'workbox-core/types.js'
import { Route } from 'workbox-routing/Route.js'
import { Router } from 'workbox-routing/Router.js'
import type { HTTPMethod } from 'workbox-routing/utils/constants.js'

import type { Answer } from './answer.ts'

/** A request as a route looks at it. */
export type Asked = Pick<RouteMatchCallbackOptions, 'url' | 'sameOrigin' | 'request'> & { readonly event: FetchEvent }

type Kind = {
  /** A route for each. */
  readonly methods: readonly HTTPMethod[]
  /** The answer to such a request, not begun yet; undefined for every other. */
  readonly match: (asked: Asked) => Answer | undefined
  /** The last rung: answers where {@link Kind.match}'s answer rejects. Without one the page is told that its request failed. */
  readonly otherwise?: (request: Request) => Promise<Response>
}

/** @returns What finds the answer to an event; the kinds are asked in their order. Throws where a match does. */
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

/** As `Router.handleRequest()` does with what it has found, which would look for it again. */
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

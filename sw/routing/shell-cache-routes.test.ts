// Proves what other people's routers rely on: that asking begins nothing, that it is decided once, and that it is declined where
// there is no visitor's request. That Workbox and Serwist take the routes is e2e's (own-worker.spec.ts).

import { beforeEach, expect, it, vi } from 'vitest'

import type { Router } from './routes.ts'
import { type RoutedRequest, toRoutes } from './shell-cache-routes.ts'
import type { Answer } from './answer.ts'

/** As much of a fetch event as is asked for; Node has none. */
class FetchEventOfTest {
  readonly request: Request

  constructor(request: Request) {
    this.request = request
  }
}

beforeEach(() => {
  vi.stubGlobal('FetchEvent', FetchEventOfTest)
  return () => vi.unstubAllGlobals()
})

function asked(request: Request = new Request('https://shop.test/'), event: object = new FetchEventOfTest(request)) {
  return { event, request } as unknown as RoutedRequest
}

/** The routes of a router that answers, with what it has done. */
function routesOf(router: Router): { match: (options: RoutedRequest) => boolean; handle: RouteHandler } {
  const [route] = toRoutes(router)
  if (!route) throw new Error('there are routes')
  return { match: route.matcher, handle: route.handler }
}
type RouteHandler = (options: RoutedRequest) => Promise<Response>

it('offers a route for what is read and for all that may write', () => {
  expect(toRoutes(() => undefined).map(({ method }) => method)).toEqual(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
})

it('begins the answer when it is handled, not when it is asked for', async () => {
  const answer = vi.fn<Answer>(async () => new Response('ours'))
  const { match, handle } = routesOf(() => answer)
  const options = asked()
  expect(match(options)).toBe(true)
  expect(answer).not.toHaveBeenCalled()
  expect(await (await handle(options)).text()).toBe('ours')
  expect(answer).toHaveBeenCalledTimes(1)
})

it.each([true, false])('decides once an event, however often it is asked: %s', (isOurs) => {
  const router = vi.fn<Router>(() => (isOurs ? async () => new Response() : undefined))
  const { match } = routesOf(router)
  const options = asked()
  expect([match(options), match(options)]).toEqual([isOurs, isOurs])
  expect(router).toHaveBeenCalledTimes(1)
})

it('declines a request that a router makes of a message', () => {
  const { match } = routesOf(() => async () => new Response())
  const request = new Request('https://shop.test/')
  expect(match(asked(request, {}))).toBe(false)
  expect(match({ ...asked(), request })).toBe(false)
})

it('goes to the network if it is handed what it has not taken', async () => {
  vi.stubGlobal('fetch', async () => new Response('network'))
  const { handle } = routesOf(() => undefined)
  expect(await (await handle(asked())).text()).toBe('network')
})

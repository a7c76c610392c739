// Proves what other people's routers rely on: asking starts nothing, the decision is made once, and a request that is not a visitor's
// is declined. That Workbox and Serwist accept the routes is shown by e2e (own-worker.spec.ts).

import { beforeEach, expect, it, vi } from 'vitest'

import type { Router } from './routes.ts'
import { type RoutedRequest, toRoutes } from './shell-cache-routes.ts'
import type { Answer } from './answer.ts'

/** The parts of a fetch event that are used. Node has none. */
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

/** The matcher and the handler of a router's first route. */
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

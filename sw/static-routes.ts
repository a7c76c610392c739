// What a browser with static routes (https://www.w3.org/TR/service-workers/#register-router-method; Chromium) does with a request
// without asking the worker, nor starting it. Added by lifecycle.ts while the worker installs; elsewhere routes.ts comes to the same.

import type { WorkerConfig } from '../protocol/worker-config.ts'

type Condition = {
  readonly urlPattern?: string
  readonly requestMode?: 'navigate'
  readonly requestDestination?: RequestDestination
  readonly or?: readonly Condition[]
}
export type StaticRoute = { readonly condition: Condition; readonly source: 'network' | 'cache' | 'fetch-event' }

/** The first that fits decides; what none fits is the worker's. */
export function staticRoutes({ basePath, routes, staticUrls }: WorkerConfig): readonly StaticRoute[] {
  const networks = routes
    // A pattern with parameters may fit what a more specific one is for.
    .filter(({ pattern, mode }) => mode === 'off' && /^[\w/-]*$/.test(pattern))
    .map(({ pattern }): Condition => ({ urlPattern: basePath + pattern, requestMode: 'navigate' }))
  return [
    ...networks.map((condition): StaticRoute => ({ condition, source: 'network' })),
    { condition: { requestMode: 'navigate' }, source: 'fetch-event' },
    // Of whichever build: a page that was open during a deploy finds its own scripts.
    ...staticUrls.map((start): StaticRoute => ({ condition: { urlPattern: `${start}*` }, source: 'cache' })),
    // Pictures are kept for shells without a network, in one size for all, which only the worker knows.
    { condition: { urlPattern: `${basePath}/_next/image?*` }, source: 'fetch-event' },
    { condition: { urlPattern: `${basePath}/*.svg` }, source: 'fetch-event' },
    { condition: { or: FILES.map((requestDestination) => ({ requestDestination })) }, source: 'network' },
  ]
}

/** What no page or script asks for by `fetch`, which may be for a stored page. */
const FILES: readonly RequestDestination[] = ['image', 'font', 'style', 'script', 'audio', 'video', 'track', 'manifest']

// What a browser with static routes (https://www.w3.org/TR/service-workers/#register-router-method; Chromium) does with a request
// without asking the worker, nor starting it. Added by lifecycle/lifecycle.ts while the worker installs; elsewhere routes.ts comes to the same.

import type { WorkerConfig } from '../../protocol/worker-config.ts'

/** Who else answers requests in this worker: nobody, listeners behind ours, or a router that asks ours. */
export type Company = 'none' | 'listeners' | 'router'

type Condition = {
  readonly urlPattern?: string
  readonly requestMode?: 'navigate'
  readonly requestDestination?: RequestDestination
  readonly or?: readonly Condition[]
}
export type StaticRoute = { readonly condition: Condition; readonly source: 'network' | 'cache' | 'fetch-event' }

/** Theirs go to the worker anyway; that it is said keeps Chromium from asking the network beside it (lifecycle/lifecycle.ts). */
const NAVIGATIONS: StaticRoute = { condition: { requestMode: 'navigate' }, source: 'fetch-event' }

/** The first that fits decides; what none fits is the worker's. What others may want to answer has to reach them. */
export function staticRoutes(config: WorkerConfig, company: Company): readonly StaticRoute[] {
  if (company === 'none') return allRoutes(config)
  if (company === 'router') return [NAVIGATIONS]
  return [NAVIGATIONS, { condition: { or: BUILT.flatMap(belowStatic(config)) }, source: 'cache' }]
}

/** What routes.ts answers from the cache, and the network, before others are asked. */
const BUILT: readonly RequestDestination[] = ['script', 'style', 'font']

function belowStatic({ staticUrls }: WorkerConfig): (requestDestination: RequestDestination) => Condition[] {
  return (requestDestination) => staticUrls.map((start) => ({ urlPattern: `${start}*`, requestDestination }))
}

function allRoutes({ basePath, routes, staticUrls, drawings }: WorkerConfig): readonly StaticRoute[] {
  const networks = routes
    // A pattern with parameters may fit what a more specific one is for.
    .filter(({ pattern, mode }) => mode === 'off' && /^[\w/-]*$/.test(pattern))
    .map(({ pattern }): Condition => ({ urlPattern: basePath + pattern, requestMode: 'navigate' }))
  return [
    ...networks.map((condition): StaticRoute => ({ condition, source: 'network' })),
    NAVIGATIONS,
    // Of whichever build: a page that was open during a deploy finds its own scripts.
    ...staticUrls.map((start): StaticRoute => ({ condition: { urlPattern: `${start}*` }, source: 'cache' })),
    // Pictures are kept for shells without a network, in one size for all, which only the worker knows.
    { condition: { urlPattern: `${basePath}/_next/image?*` }, source: 'fetch-event' },
    ...drawings.map((urlPattern): StaticRoute => ({ condition: { urlPattern }, source: 'fetch-event' })),
    { condition: { or: FILES.map((requestDestination) => ({ requestDestination })) }, source: 'network' },
  ]
}

/** What no page or script asks for by `fetch`, which may be for a stored page. */
const FILES: readonly RequestDestination[] = ['image', 'font', 'style', 'script', 'audio', 'video', 'track', 'manifest']

// What a browser with static routes (https://www.w3.org/TR/service-workers/#register-router-method; Chromium) does with a request
// without asking or starting the worker. Added by lifecycle/lifecycle.ts while the worker installs; elsewhere routes.ts does the same.

import { WORKER_PATH } from '../../protocol/wire.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { ENDS_SESSION } from '../util/address.ts'

/** What else answers requests in this worker: nothing, listeners that run after ours, or a router that asks ours. */
export type WorkerHost = 'none' | 'listeners' | 'router'

/** Where the emitted script runs. If the registered worker has another path, another tool's worker has imported the script. */
export function workerHostOf(
  { location }: ServiceWorkerGlobalScope,
  { basePath }: WorkerConfig,
): Exclude<WorkerHost, 'router'> {
  return location.pathname === basePath + WORKER_PATH ? 'none' : 'listeners'
}

type Condition = {
  readonly urlPattern?: string
  readonly requestMode?: 'navigate' | 'no-cors'
  readonly requestMethod?: 'POST'
  readonly requestDestination?: RequestDestination
  readonly or?: readonly Condition[]
}
export type StaticRoute = { readonly condition: Condition; readonly source: 'network' | 'cache' | 'fetch-event' }

/** Navigations go to the worker anyway. This route keeps Chromium from asking the network in parallel (lifecycle/lifecycle.ts). */
const NAVIGATIONS: StaticRoute = { condition: { requestMode: 'navigate' }, source: 'fetch-event' }

/**
 * What a page sends when the visitor leaves it (`navigator.sendBeacon()` of a text): Chromium (156) loses such a request if it has to ask
 * the worker of a page that is gone. No server action is sent this way. Not used if other code runs in this worker: it may keep beacons for
 * later.
 */
const BEACON = { requestMethod: 'POST', requestMode: 'no-cors' } as const

/** Characters that have a meaning of their own in a URL pattern. */
const SYNTAX = /[\\*+?:(){}]/g

/** Beacons whose response may say what they have changed go to the worker. */
function beacons({ invalidateOn }: WorkerConfig): readonly StaticRoute[] {
  const looked = invalidateOn.map((path) => ({ urlPattern: `${path.replace(SYNTAX, '\\$&')}*`, ...BEACON }))
  return [
    ...looked.map((condition): StaticRoute => ({ condition, source: 'fetch-event' })),
    { condition: BEACON, source: 'network' },
  ]
}

/** The first route that matches decides; without a match the request goes to the worker. What others may want to answer must reach them. */
export function staticRoutes(config: WorkerConfig, host: WorkerHost): readonly StaticRoute[] {
  if (host === 'none') return allRoutes(config)
  if (host === 'router') return [NAVIGATIONS]
  return [NAVIGATIONS, { condition: { or: BUILT.flatMap(belowStatic(config)) }, source: 'cache' }]
}

/**
 * What routes.ts answers from the cache or the network before others are asked: what a document loads. Not web workers: a web worker
 * takes its address from its response, and a cached response has lost the fragment, in which Turbopack keeps what the worker needs
 * (`turbopack-worker-*.js`, Next 16).
 */
const BUILT: readonly RequestDestination[] = ['script', 'style', 'font']

const OWN_ORIGIN = /^\/(?!\/)/

/** Not for assets on another origin. The worker must look for those: the browser takes any cache's copy, even another tool's opaque one. */
function belowStatic({ staticUrls }: WorkerConfig): (requestDestination: RequestDestination) => Condition[] {
  const own = staticUrls.filter((start) => OWN_ORIGIN.test(start))
  return (requestDestination) => own.map((start) => ({ urlPattern: `${start}*`, requestDestination }))
}

function elsewhere({ staticUrls }: WorkerConfig): readonly StaticRoute[] {
  const others = staticUrls.filter((start) => !OWN_ORIGIN.test(start))
  return others.map((start) => ({ condition: { urlPattern: `${start}*` }, source: 'fetch-event' }))
}

function allRoutes(config: WorkerConfig): readonly StaticRoute[] {
  const { basePath, routes, drawings } = config
  const networks = routes
    // A pattern with parameters may match paths that a more specific pattern is for.
    .filter(({ pattern, mode }) => mode === 'off' && /^[\w/-]*$/.test(pattern))
    // What was kept for one visitor is deleted then, so the worker must hear of it.
    .filter(({ pattern }) => !ENDS_SESSION.test(pattern))
    .map(({ pattern }): Condition => ({ urlPattern: basePath + pattern, requestMode: 'navigate' }))
  return [
    ...networks.map((condition): StaticRoute => ({ condition, source: 'network' })),
    NAVIGATIONS,
    ...beacons(config),
    // Of any build: a page that was open during a deploy finds its own scripts.
    { condition: { or: BUILT.flatMap(belowStatic(config)) }, source: 'cache' },
    ...elsewhere(config),
    // For shells without a network, pictures are kept in one size only, and only the worker knows which.
    { condition: { urlPattern: `${basePath}/_next/image?*` }, source: 'fetch-event' },
    ...drawings.map((urlPattern): StaticRoute => ({ condition: { urlPattern }, source: 'fetch-event' })),
    { condition: { or: FILES.map((requestDestination) => ({ requestDestination })) }, source: 'network' },
  ]
}

/** Destinations that a `fetch()` never has, because a `fetch()` may be for a stored page. */
const FILES: readonly RequestDestination[] = [
  ...BUILT,
  ...(['image', 'audio', 'video', 'track', 'manifest'] as const),
  ...(['worker', 'sharedworker', 'audioworklet', 'paintworklet'] as const),
]

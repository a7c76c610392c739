// What a browser with static routes (https://www.w3.org/TR/service-workers/#register-router-method; Chromium) does with a request
// without asking the worker, nor starting it. Added by lifecycle/lifecycle.ts while the worker installs; elsewhere routes.ts comes to the same.

import { WORKER_PATH } from '../../protocol/wire.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { ENDS_SESSION } from '../util/address.ts'

/** What else answers requests in this worker: nothing, listeners behind ours, or a router that asks ours. */
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

/** Theirs go to the worker anyway; that it is said keeps Chromium from asking the network beside it (lifecycle/lifecycle.ts). */
const NAVIGATIONS: StaticRoute = { condition: { requestMode: 'navigate' }, source: 'fetch-event' }

/**
 * What a page sends when it is left (`navigator.sendBeacon()` of a text): Chromium (156) loses what has to ask the worker of a page that is
 * gone. No server action is asked for so. Not beside others, who may keep beacons for later.
 */
const BEACON = { requestMethod: 'POST', requestMode: 'no-cors' } as const

/** What a URL pattern does not read as itself. */
const SYNTAX = /[\\*+?:(){}]/g

/** Those whose answer may say what they have changed are the worker's. */
function beacons({ invalidateOn }: WorkerConfig): readonly StaticRoute[] {
  const looked = invalidateOn.map((path) => ({ urlPattern: `${path.replace(SYNTAX, '\\$&')}*`, ...BEACON }))
  return [
    ...looked.map((condition): StaticRoute => ({ condition, source: 'fetch-event' })),
    { condition: BEACON, source: 'network' },
  ]
}

/** The first that fits decides; what none fits is the worker's. What others may want to answer has to reach them. */
export function staticRoutes(config: WorkerConfig, host: WorkerHost): readonly StaticRoute[] {
  if (host === 'none') return allRoutes(config)
  if (host === 'router') return [NAVIGATIONS]
  return [NAVIGATIONS, { condition: { or: BUILT.flatMap(belowStatic(config)) }, source: 'cache' }]
}

/**
 * What routes.ts answers from the cache, and the network, before others are asked: what a document loads. A web worker takes its address
 * from its response, and one out of a cache has lost its fragment, where Turbopack keeps what the worker needs
 * (`turbopack-worker-*.js`, Next 16).
 */
const BUILT: readonly RequestDestination[] = ['script', 'style', 'font']

const OWN_ORIGIN = /^\/(?!\/)/

/** Where assets lie on another origin the worker has to look for them: the browser takes any cache's copy, another tool's opaque one, too. */
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
    // A pattern with parameters may fit what a more specific one is for.
    .filter(({ pattern, mode }) => mode === 'off' && /^[\w/-]*$/.test(pattern))
    // What was kept for one visitor goes then, so the worker has to hear of it.
    .filter(({ pattern }) => !ENDS_SESSION.test(pattern))
    .map(({ pattern }): Condition => ({ urlPattern: basePath + pattern, requestMode: 'navigate' }))
  return [
    ...networks.map((condition): StaticRoute => ({ condition, source: 'network' })),
    NAVIGATIONS,
    ...beacons(config),
    // Of whichever build: a page that was open during a deploy finds its own scripts.
    { condition: { or: BUILT.flatMap(belowStatic(config)) }, source: 'cache' },
    ...elsewhere(config),
    // Pictures are kept for shells without a network, in one size for all, which only the worker knows.
    { condition: { urlPattern: `${basePath}/_next/image?*` }, source: 'fetch-event' },
    ...drawings.map((urlPattern): StaticRoute => ({ condition: { urlPattern }, source: 'fetch-event' })),
    { condition: { or: FILES.map((requestDestination) => ({ requestDestination })) }, source: 'network' },
  ]
}

/** What no page or script asks for by `fetch`, which may be for a stored page. */
const FILES: readonly RequestDestination[] = [
  ...BUILT,
  ...(['image', 'audio', 'video', 'track', 'manifest'] as const),
  ...(['worker', 'sharedworker', 'audioworklet', 'paintworklet'] as const),
]

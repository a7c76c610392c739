// Decides which requests are ours: navigations, what Next's router fetches of stored pages, the hashed assets and the pictures of stored
// shells, requests that may write. Everything else falls through without respondWith.
//
//   must decide before anything is awaited: after that a request can no longer be let through;
//   must start no answer while it decides: the routers of others ask first and call later, or never (shell-cache-routes.ts);
//   must answer as if there were no worker if the worker itself fails (e2e/fault-matrix/fault-index.ts F43).

import { compileRoutes, type RouteTable } from '../../protocol/build/route-match.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { readAsset } from '../install/assets.ts'
import { installLater } from '../install/install.ts'
import { mayBeStoredImage, networkOrImage } from '../install/images.ts'
import type { Page } from '../install/room.ts'
import type { Copies, OnLookup } from '../navigation/context.ts'
import { findKeys, mayBePage, toNavigation } from '../navigation/eligible.ts'
import { navigate, navigateUnknown } from '../navigation/navigate.ts'
import { answeredBy, dropPages, isExpectedReload, pageForReload } from '../response/reloads.ts'
import { invalidate, noted } from '../refresh/invalidate.ts'
import type { Learning } from '../refresh/learn-shell.ts'
import { type Answer, isLeftToBrowser, orPastWorker } from './answer.ts'
import { ENDS_SESSION } from '../util/address.ts'
import { createWorkboxRouter } from './workbox-router.ts'
import { routeSegment } from './segments.ts'
import { type Network, PLAIN } from '../transport/plain.ts'

/** What the browser's abilities and the build's options add to the worker (preload/registration.ts, lifecycle/option-extras.ts). */
export type Extras = {
  readonly network?: Network
  /** The browser has already requested each navigation, so the worker must answer each of them, in whatever way. */
  readonly takesAllNavigations?: boolean
  /** Called in `activate`, when this build's records are the only ones. */
  readonly onActivate?: () => Promise<void>
  /** Called for every request, with our answer if there is one. Returns the answer to use. Must not start the answer, either. */
  readonly onAnswer?: (event: FetchEvent, answer: Answer | undefined) => Answer | undefined
  /** Called when the store has answered a navigation. */
  readonly onLookup?: OnLookup
  /** Given if pages are kept as the visitor saw them. */
  readonly copies?: Copies | undefined
  /** Given if shells are learned from the network's pages. */
  readonly learning?: Learning | undefined
  /** Called for every request that may write. */
  readonly route?: (request: Request, url: URL, table: RouteTable) => Answer | undefined
}

/** Finds the answer to a request of ours; undefined for every other. Must be called once per event. Never throws. */
export type Router = (event: FetchEvent) => Answer | undefined

export function createRouter(config: WorkerConfig, extras: Extras): Router {
  const find = createWorkboxRouter(kindsOf(config, extras))
  const { network = PLAIN, onAnswer } = extras
  const route: Router = (event) => {
    const { request } = event
    const isTaken = extras.takesAllNavigations === true && request.mode === 'navigate' && request.method === 'GET'
    const last = isTaken ? async () => orPastWorker(request, await network.fetchPage(request)) : undefined
    try {
      if (ENDS_SESSION.test(request.url)) dropPages()
      return isLeftToBrowser(request) ? undefined : (find(event) ?? last)
    } catch {
      return last
    }
  }
  return onAnswer ? (event) => onAnswer(event, route(event)) : route
}

/** Requests that may write are checked for what they have changed. Workbox has a list of routes for each method. */
export const WRITING = ['POST', 'PUT', 'PATCH', 'DELETE'] as const
const READING = ['GET'] as const

function kindsOf(
  config: WorkerConfig,
  { network = PLAIN, onLookup, copies, learning, route }: Extras,
): Parameters<typeof createWorkboxRouter>[0] {
  const table = compileRoutes(config.routes)
  const assets = config.staticUrls.map((start) => new URL(start, location.href).href)
  return [
    {
      methods: READING,
      match: ({ request }) => (isAsset(request, assets) ? () => storedAsset(request, config) : undefined),
      otherwise: (request) => fetch(request),
    },
    {
      methods: READING,
      match: ({ event, request, url, sameOrigin }) => {
        const page = sameOrigin ? toNavigation(request, url, config, table) : undefined
        if (!page) return undefined
        const isRepeat = isExpectedReload(request.url) || page.isRepeat
        const sent = pageForReload(request.url, page.isRepeat)
        const ways = sent ? answeredBy(sent, network) : network
        return async () =>
          orPastWorker(
            request,
            await navigate(event, { ...page, isRepeat }, config, ways, { onLookup, copies, learning }),
          )
      },
      otherwise: pastWorker,
    },
    {
      methods: READING,
      match: ({ event, request, url, sameOrigin }) =>
        sameOrigin && mayBePage(request, url, config, table)
          ? async () => orPastWorker(request, await navigateUnknown(event, config, network))
          : undefined,
      otherwise: pastWorker,
    },
    {
      methods: READING,
      match: ({ event, url, sameOrigin }) => {
        const segment = sameOrigin ? routeSegment(event, url, config, table) : undefined
        return segment && (() => linked(event, segment, findKeys(url, config, table)?.keys, config))
      },
    },
    {
      methods: WRITING,
      match: ({ event, url, sameOrigin }) =>
        sameOrigin ? writing(event, url, config, () => route?.(event.request, url, table)) : undefined,
    },
    {
      methods: READING,
      match: ({ request, url, sameOrigin }) =>
        sameOrigin && mayBeStoredImage(request, url, config) ? () => networkOrImage(request, config) : undefined,
    },
  ]
}

async function storedAsset(request: Request, { buildId }: WorkerConfig): Promise<Response> {
  return (await readAsset(request, buildId)) ?? fetch(request)
}

/** Next's router asks for the page of a link in view. The install may have left this page for later. */
function linked(event: FetchEvent, answer: Answer, page: Page | undefined, config: WorkerConfig): Promise<Response> {
  if (page) event.waitUntil(installLater(page, config, false))
  return answer()
}

/** The last rung: what the browser would have done without a worker. */
async function pastWorker(request: Request): Promise<Response> {
  return orPastWorker(request, await fetch(request))
}

function writing(
  event: FetchEvent,
  url: URL,
  { invalidateOn }: WorkerConfig,
  sentOtherwise: () => Answer | undefined,
): Answer | undefined {
  const { request } = event
  dropPages()
  if (request.mode === 'navigate') {
    // A form without a script: its response is a page, which is left to the network and better not read here.
    if (mayBeOwnForm(request)) event.waitUntil(invalidate('everything'))
    return undefined
  }
  const send = sentOtherwise() ?? (() => fetch(request))
  const isLookedAt = request.headers.has('next-action') || invalidateOn.some((path) => url.pathname.startsWith(path))
  return isLookedAt ? () => noted(send()) : undefined
}

/**
 * Whether a page of this origin may have sent a form: its visitor must see what they have changed. Another site's form changes
 * nothing that they could see, and must not cost them every shell. Without a referrer this cannot be told.
 */
function mayBeOwnForm({ referrer }: Request): boolean {
  return referrer === '' || new URL(referrer).origin === location.origin
}

/** On whichever origin Next's `assetPrefix` names. */
function isAsset({ destination, url }: Request, assets: readonly string[]): boolean {
  const isKept = destination === 'script' || destination === 'style' || destination === 'font'
  return isKept && assets.some((start) => url.startsWith(start))
}

// Answers the router's prefetches for a page whose shell is stored. What is the same for every request comes from the record immediately
// (stored-segments.ts), the rest from the network. Without a network all of it comes from the record, so that the two never disagree.
//
//   must answer a page that starts on its stored shell from exactly that record or not at all: another payload is React #418;
//   must leave the probes of `experimental.useOffline` (HEAD) alone, and every request that renders: Next must see it fail.

import { asDigest, type Digest } from '../../protocol/digest.ts'
import { ROUTER_TREE, WHOLE_PAYLOAD } from '../../protocol/record/record.ts'
import { isDynamic, type RouteTable } from '../../protocol/build/route-match.ts'
import { fillParams, toInitialPayload } from '../../protocol/flight/flight-payload.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import { PAYLOAD_HEADER } from '../../protocol/wire.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { findKeys } from '../navigation/eligible.ts'
import { type FoundWhole, readWhole } from '../store/records.ts'
import { dropBody } from '../transport/document.ts'
import { answerInTime } from '../transport/availability.ts'
import { confirm, findSegments, type Page } from './stored-segments.ts'

/** `client/components/app-router-headers.js` of Next. */
const SEGMENT_HEADER = 'next-router-segment-prefetch'
const PREFETCH_HEADER = 'next-router-prefetch'

/**
 * The answer to a prefetch, or to a page that starts on its shell; undefined for every other request. Rejects if the network does and
 * nothing is stored.
 */
export function routeSegment(
  event: Pick<FetchEvent, 'request' | 'waitUntil'>,
  url: URL,
  config: WorkerConfig,
  table: RouteTable,
): (() => Promise<Response>) | undefined {
  const { request } = event
  const shell = asDigest(request.headers.get(PAYLOAD_HEADER))
  const wanted = wantedBy(request)
  const page = shell || wanted ? findKeys(url, config, table) : undefined
  if (page?.mode !== 'instant') return undefined
  if (shell) return () => payloadOf(shell, page, url, config)
  return wanted && (() => storedOrNetwork(event, wanted, page, config))
}

/** A segment by Next's name; or what Next renders of a page before the click: for its path, or for every path of its route. */
type Wanted = { readonly segment: string } | 'page' | 'route'

/** What Next renders before a click, by stage: `NEXT_ROUTER_PREFETCH_RUNTIME_…` of `app-router-headers.js`, the last from 16.5 on. */
const RENDERED: Readonly<Record<string, 'page' | 'route'>> = { 2: 'page', 3: 'route', 4: 'page' }

function wantedBy({ method, headers }: Request): Wanted | undefined {
  const segment = headers.get(SEGMENT_HEADER)
  if (method !== 'GET') return undefined
  return segment === null ? RENDERED[headers.get(PREFETCH_HEADER) ?? ''] : { segment }
}

async function storedOrNetwork(
  event: Pick<FetchEvent, 'request' | 'waitUntil'>,
  wanted: Wanted,
  page: Page,
  config: WorkerConfig,
): Promise<Response> {
  // What Next renders for a visitor before the click contains more than a shell, unless the page has no holes.
  const found = wanted === 'route' ? undefined : await findSegments(page, config)
  const isWhole = typeof wanted === 'object' || found?.record.kind === 'static'
  const payload = found && isWhole && storedPayload(found, wanted, page.keys[0])
  if (!payload) return networkOrStored(event.request, wanted, page, config)
  event.waitUntil(confirm(event.request, found, page, config))
  return answer(payload, config)
}

async function networkOrStored(
  request: Request,
  wanted: Wanted,
  { keys }: Page,
  config: WorkerConfig,
): Promise<Response> {
  const fetching = fetch(request)
  const response = await answerInTime(fetching, config.timeouts.offline)
  if (response) return response
  const stored = await readWhole(config.buildId, wanted === 'route' ? keys.slice(-1) : keys).catch(() => undefined)
  const payload = stored && storedPayload(stored, wanted, keys[0])
  if (!payload) return fetching
  fetching.then(dropBody, () => {})
  return answer(payload, config)
}

/** Next's marks for a payload that is complete, and for one with holes (`stripIsPartialByte` of `segment-cache/cache.js`). */
const MARKS = { static: toUtf8('#'), resuming: toUtf8('~') } as const

function storedPayload(
  { record: { key, kind }, segments }: Pick<FoundWhole, 'record' | 'segments'>,
  wanted: Wanted,
  path: string,
): BlobPart[] | undefined {
  if (typeof wanted === 'object') {
    const payload = segments.get(wanted.segment)
    return payload && [payload]
  }
  // If a route of the app can intercept the page, only the page's own document gets this payload.
  const payload = segments.has(ROUTER_TREE) ? segments.get(WHOLE_PAYLOAD) : undefined
  const filled = payload && (isDynamic(key) ? fillParams(payload, key, path) : payload)
  return filled === undefined ? undefined : [MARKS[kind], filled]
}

async function payloadOf(
  shell: Digest,
  { keys }: Page,
  { searchParams: query }: URL,
  config: WorkerConfig,
): Promise<Response> {
  const stored = await readWhole(config.buildId, keys).catch(() => undefined)
  const whole = stored?.record.digest === shell ? stored.segments.get(WHOLE_PAYLOAD) : undefined
  const payload = stored && whole && toInitialPayload(whole, { key: stored.record.key, path: keys[0], query })
  if (!payload) return new Response(null, { status: 404 })
  const response = answer([payload], config)
  response.headers.set(PAYLOAD_HEADER, shell)
  return response
}

/** Answers as Next does from what it has prerendered, with as much as its router reads (`segment-cache/cache.js`). */
function answer(payload: BlobPart[], { deploymentId }: WorkerConfig): Response {
  const headers = new Headers({ 'content-type': 'text/x-component', 'x-nextjs-postponed': '2' })
  if (deploymentId !== undefined) headers.set('x-nextjs-deployment-id', deploymentId)
  return new Response(new Blob(payload), { headers })
}

// Makes a record of a page as Next has it now, as the build does for the pages that it prerenders.

import { cacheControlOf } from '../../protocol/build/cache-control.ts'
import type { Digest } from '../../protocol/digest.ts'
import { isOfThePage } from '../../protocol/build/host-headers.ts'
import {
  type HeaderList,
  ROUTER_TREE,
  type Segments,
  WHOLE_PAYLOAD,
  type WholeRecord,
} from '../../protocol/record/record.ts'
import { segmentsInput } from '../../protocol/record/segments.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import { hashOf, tagHashOf } from '../../seal/hash.ts'
import { seal, type SealKey } from '../../seal/seal.ts'
import type { NextPage } from '../next/next-page.ts'

export type Making = {
  readonly buildId: string
  readonly basePath: string
  readonly sealKey: SealKey
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly digest: Digest
  /** The page's pattern in the table: the key of a route's shell. */
  readonly pattern: string
  /** What the build made for this page, or for its route. */
  readonly built: WholeRecord
  /** The build made `built` for another page of the route: only what they share counts. */
  readonly isSibling: boolean
  /** The headers that are on the response by now: those of `next.config`. Undefined if a guard may have added some. */
  readonly sent: HeaderList | undefined
}

export function makeRecord(page: NextPage, making: Making): WholeRecord {
  const { buildId, basePath, digest, sealKey, now } = making
  const built = making.built.record
  const shell = toUtf8(page.shell)
  const key = page.isFallback ? making.pattern : page.path
  const { route, status, postponedState } = page
  const lifetime = page.isFallback ? built.lifetime : page.lifetime
  const tags = page.tags.map(tagHashOf)
  const headers = headersOf(page, making)
  const named = { buildId, digest, shellHash: hashOf(shell), key, route, status, headers, lifetime }
  const made = lifetime.expire !== undefined && { madeAt: now }
  const base = { ...named, ...made, tags, shell }
  const segments = segmentsOf(page, making.built)
  if (postponedState === undefined) return { record: { ...base, kind: 'static' }, segments }
  const expiresAt = lifetime.expire === undefined ? 0 : now + lifetime.expire * 1000
  const state = seal(postponedState, { basePath, buildId, key, route, digest }, expiresAt, sealKey)
  const { resumeHeaders, bootScript } = built.kind === 'resuming' ? built : { resumeHeaders: [], bootScript: undefined }
  const canStart = segments.has(WHOLE_PAYLOAD)
  const rest = { stateForm: 'sealed', state, resumeHeaders, bootScript: canStart ? bootScript : undefined } as const
  return { record: { ...base, ...rest, kind: 'resuming' }, segments }
}

/** Without what the build has left out, because the router must request that (adapter-plugin/pages/segments.ts). */
function segmentsOf({ readSegments }: Pick<NextPage, 'readSegments'>, { segments }: WholeRecord): Segments {
  if (segments.size === 0) return segments
  const own = readSegments()
  return segments.has(ROUTER_TREE) ? own : new Map([...own].filter(([name]) => segments.has(name)))
}

/** The hash of the segments that a browser gets with the record of a page that has changed since the build. */
export function hashOfSegments(page: NextPage, built: WholeRecord): Digest {
  return hashOf(segmentsInput(segmentsOf(page, built)))
}

/**
 * What the network would send with the page (docs/architecture.md, invariant 7): a rule of the app wins over Next's own header, and adds
 * to its `link`. Of the other headers on this one response, those that hold for the page are kept. A route's shell is sent with the
 * build's headers.
 */
function headersOf(page: NextPage, { built: { record: built }, isSibling, sent }: Making): HeaderList {
  if (page.isFallback || (sent === undefined && !isSibling)) return built.headers
  const hasHoles = page.postponedState !== undefined
  const own: HeaderList = [
    ...page.headers,
    ['content-type', 'text/html; charset=utf-8'],
    ...built.headers.filter(([name]) => name === 'x-powered-by'),
    ...(hasHoles ? [['x-nextjs-postponed', '1'] as const] : []),
    ['cache-control', cacheControlOf(hasHoles, page.lifetime)],
  ]
  const ruled = new Set(built.headers.map(([name]) => name))
  const kept = (sent ?? []).filter(([name]) => ruled.has(name) || isOfThePage(name))
  return [...kept, ...own.filter(([name]) => name === 'link' || !kept.some(([other]) => other === name))]
}

// Sends the record of a page to a browser that the app's proxy let through to it. This is the only way to records that are in no public
// file, and to those that were made since the build.

import type { Digest } from '../../protocol/digest.ts'
import { hasNonce } from '../../protocol/build/host-headers.ts'
import { encodeRecord } from '../../protocol/record/record-codec.ts'
import { MOST_SEALED_BYTES } from '../../protocol/record/seal-format.ts'
import type { OriginRecord } from '../../protocol/build/origin-manifest.ts'
import type { RouteEntry } from '../../protocol/build/route-match.ts'
import type { App } from '../app.ts'
import type { KnownRecords } from '../records/known-records.ts'
import { hashOfSegments, makeRecord } from '../records/make-record.ts'
import type { NextPage } from '../next/next-page.ts'
import { isRefused, Refused } from '../gate/refused.ts'
import type { InterceptedResponse } from './respond.ts'
import { entryOf, modeAt, pathOf } from '../next/route.ts'
import type { RecordIntent } from '../gate/resume-intent.ts'

/** The page that Next found, and the address that the browser requested. */
type Asked = { readonly page: NextPage; readonly target: string }

/** Sends the page's current record, or says that the browser has it already. Answers the request in every case. */
export async function serveRecord(
  { have, segments }: RecordIntent,
  asked: Asked,
  app: App,
  held: InterceptedResponse,
): Promise<true> {
  const { page } = asked
  const entry = entryAt(asked, app)
  if (isRefused(entry)) {
    held.refuse(entry)
    return true
  }
  const digest = app.digests.of(page)
  const shellHash = digest === have ? app.digests.shellHashOf(page) : undefined
  const verdict = { kind: 'recorded', digest, isStale: page.isStale, shellHash } as const
  const hasAll = digest === have && (!segments || segments === (await segmentsHashOf(page, digest, entry, app)))
  const frame = hasAll ? new Uint8Array(0) : await frameOf(asked, digest, entry, app, held)
  if (frame && !isRefused(frame)) held.sendRecord(verdict, frame, entry.mode === 'instant')
  else held.refuse(frame ?? new Refused('unknown'))
  return true
}

/** The page's entry. Refused if the page is gated but the address is instant: then a guarded page would open without its guard. */
function entryAt({ page, target }: Asked, { vault: { rules } }: App): RouteEntry | Refused {
  const entry = entryOf(page, rules)
  const skipsGuard = !isRefused(entry) && entry.mode === 'gated' && modeAt(target, rules) === 'instant'
  return skipsGuard ? new Refused('route') : entry
}

/**
 * Undefined if browsers must not have the record: the build made no record of this route, Next has nothing of the page before it renders,
 * or its policy holds a nonce. Refused if its state has grown larger than what a browser may send back.
 */
async function frameOf(
  { page, target }: Asked,
  digest: Digest,
  { pattern, mode }: RouteEntry,
  { vault }: App,
  held: InterceptedResponse,
): Promise<Uint8Array | Refused | undefined> {
  const { known, buildId, keys, rules } = vault
  const { made, isOwn } = builtFor(page, pattern, known)
  const built = made && (await known.readFramed(made))
  if (!made || !built) return undefined
  // A gated page is shown with the headers of each verdict, and never offline: its address does not matter.
  const isRewritten = mode === 'instant' && pathOf(target, vault.rules.basePath) !== page.path
  // Without a network the parameters in a route's shell are read from the address, and a rewritten address has others.
  if (isRewritten && page.isFallback) return undefined
  // At another address the rules of `next.config` may add other headers.
  if (made.digest === digest && !isRewritten) return built.frame
  // A guard may have added headers for one visitor only; a gated page is shown with the headers of each verdict.
  const sent = mode === 'instant' ? held.headers() : undefined
  if (sent?.some(hasNonce)) return undefined
  const [sealKey] = keys
  const { basePath } = rules
  const making = { buildId, basePath, sealKey, now: Date.now(), digest, pattern, built, isSibling: !isOwn, sent }
  const { record, segments } = makeRecord(page, making)
  if (record.kind === 'resuming' && record.state.length > MOST_SEALED_BYTES) return new Refused('size')
  return encodeRecord(record, segments)
}

/** What the build made of the page, or else of another page of its route: Next prerenders some pages when they are first requested. */
function builtFor(
  page: NextPage,
  pattern: string,
  known: KnownRecords,
): { readonly made: OriginRecord | undefined; readonly isOwn: boolean } {
  // A route's shell is not modelled on the record of one of its pages, even if Next sends it for that page after a revalidation.
  const keys = page.isFallback ? [pattern] : [page.path, pattern]
  const own = keys.map((key) => known.ofKey(key)).find((found) => found?.route === page.route)
  const other = page.isFallback || page.shell === '' ? undefined : known.ofRoute(page.route)
  return { made: own ?? other, isOwn: own !== undefined }
}

/** Any script can write to a browser’s store, and no digest covers the segments in it. */
async function segmentsHashOf(
  page: NextPage,
  digest: Digest,
  { pattern }: RouteEntry,
  { vault: { known } }: App,
): Promise<Digest | undefined> {
  const { made } = builtFor(page, pattern, known)
  // Every visible link of every visitor may ask for a record of the build: its hash is computed only once.
  if (made?.digest === digest) return known.segmentsHashOf(made)
  const built = made && (await known.readFramed(made))
  return built && hashOfSegments(page, built)
}

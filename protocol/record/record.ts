// A record: one prerendered shell and what it takes to complete it, written, replaced and deleted as one value. A fully
// static page is a record that needs nothing more. There is no third kind: a resuming record without its state does not
// type-check, and record-codec.ts refuses to read one.

import type { Digest } from '../digest.ts'
import type { PackedSegments } from './packed-segments.ts'
import type { TagHash } from './tags.ts'

/**
 * Where a record is looked up: the path of a concrete page (`/products/red-chair`) or the pattern of a route whose fallback
 * shell it holds (`/products/[slug]`), both without `basePath`, paths in the canonical form of route-match.ts.
 */
export type RecordKey = string

/** Seconds, counted from the moment the record was made. `undefined` means never. */
export type Lifetime = {
  /** After this the shell is still served, but refreshed. */
  readonly revalidate: number | undefined
  /** After this the shell is not served while the network answers. */
  readonly expire: number | undefined
}

/** Header names are lower case; a header that repeats has one entry for each of its values. */
export type HeaderList = readonly (readonly [name: string, value: string])[]

/**
 * What Next's router fetches of a page, from the same render as its shell: the bytes of each segment by Next's own name (`/_tree`,
 * `/products/$d$slug/__PAGE__`). Sent and stored with the record; without {@link ROUTER_TREE} if the router has to ask the network,
 * because a route of the app can intercept the page.
 */
export type Segments = ReadonlyMap<string, Uint8Array<ArrayBuffer>>

/** The segment of the whole page: React can hydrate a shell from it, and a page without holes is in it in full. */
export const WHOLE_PAYLOAD = '/_full'

/** The segment that a router asks for first. If there is none, the others are for its document alone. */
export const ROUTER_TREE = '/_tree'

type RecordBase = {
  readonly buildId: string
  readonly digest: Digest
  /** SHA-256 of the shell alone, which a browser can check (see digest.ts). */
  readonly shellHash: Digest
  readonly key: RecordKey
  /** The pattern of the route that renders the page. */
  readonly route: string
  readonly status: number
  readonly headers: HeaderList
  readonly lifetime: Lifetime
  /** Milliseconds by the clock of the server that made it; in a browser's store by that browser's clock. Only if it has an `expire`. */
  readonly madeAt?: number
  /** The tags that it was made from. */
  readonly tags: readonly TagHash[]
  readonly shell: Uint8Array<ArrayBuffer>
}

/** A whole document: nothing is left to resume. */
export type StaticRecord = RecordBase & { readonly kind: 'static' }

/** A shell with holes. */
export type ResumingRecord = RecordBase & {
  readonly kind: 'resuming'
  /**
   * The state that an origin continues from. Only our origin can open a `sealed` one (seal-format.ts). A `raw` one is Next's own string in
   * UTF-8, for platforms that implement Next's protocol; anyone who has the record can read it.
   */
  readonly stateForm: 'sealed' | 'raw'
  readonly state: Uint8Array<ArrayBuffer>
  /** Next's `pprChain.headers`: what a platform that implements Next's own protocol wants to see on a resume. */
  readonly resumeHeaders: HeaderList
  /**
   * Attributes of the script that starts React on the shell alone if it is not resumed (bootstrap-script.ts); undefined if this
   * page cannot be started in that way.
   */
  readonly bootScript: string | undefined
}

export type ShellRecord = StaticRecord | ResumingRecord

/** All of one render: what a frame holds. */
export type WholeRecord = { readonly record: ShellRecord; readonly segments: Segments }

/** A record with its segments in the form in which they were sent and are stored. */
export type ReceivedRecord = WholeRecord & { readonly packed: PackedSegments }

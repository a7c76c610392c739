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

/** Seconds, counted from the moment the record was made. `undefined` never comes. */
export type Lifetime = {
  /** After this the shell is still served, and refreshed. */
  readonly revalidate: number | undefined
  /** After this the shell is not served while the network answers. */
  readonly expire: number | undefined
}

/** Header names are lower case; a header that repeats has one entry for each of its values. */
export type HeaderList = readonly (readonly [name: string, value: string])[]

/**
 * What Next's router fetches of a page, of the same render as its shell: by Next's own name of each (`/_tree`,
 * `/products/$d$slug/__PAGE__`), its bytes. Travels and is stored with the record; without {@link ROUTER_TREE} where the router has to ask
 * the network, because a route of the app can intercept the page.
 */
export type Segments = ReadonlyMap<string, Uint8Array<ArrayBuffer>>

/** The segment that is a whole page's: what React can hydrate a shell from, and a page without holes in full. */
export const WHOLE_PAYLOAD = '/_full'

/** The segment that a router asks for first. Where there is none, the others are its document's alone. */
export const ROUTER_TREE = '/_tree'

type RecordBase = {
  readonly buildId: string
  readonly digest: Digest
  /** SHA-256 of the shell alone: what a browser can check (see digest.ts). */
  readonly shellHash: Digest
  readonly key: RecordKey
  /** The pattern of the route that renders the page. */
  readonly route: string
  readonly status: number
  readonly headers: HeaderList
  readonly lifetime: Lifetime
  /** Milliseconds by the clock of the server that made it; in a browser's store by that browser's. Only where it has an `expire`. */
  readonly madeAt?: number
  /** What it was made from. */
  readonly tags: readonly TagHash[]
  readonly shell: Uint8Array<ArrayBuffer>
}

/** A whole document: nothing is left to resume. */
export type StaticRecord = RecordBase & { readonly kind: 'static' }

/** A shell with holes. */
export type ResumingRecord = RecordBase & {
  readonly kind: 'resuming'
  /**
   * What an origin goes on from. `sealed` is opened by ours alone (seal-format.ts); `raw` is Next's own string in UTF-8, for
   * platforms that implement Next's protocol, and lies open to anyone who has the record.
   */
  readonly stateForm: 'sealed' | 'raw'
  readonly state: Uint8Array<ArrayBuffer>
  /** Next's `pprChain.headers`: what a platform that implements Next's own protocol wants to see on a resume. */
  readonly resumeHeaders: HeaderList
  /**
   * Attributes of the script that starts React on the shell alone where no one resumes it (bootstrap-script.ts); undefined where this
   * page cannot be started so.
   */
  readonly bootScript: string | undefined
}

export type ShellRecord = StaticRecord | ResumingRecord

/** All of one render: what a frame holds. */
export type WholeRecord = { readonly record: ShellRecord; readonly segments: Segments }

/** As it came: the segments are stored as they were sent. */
export type ReceivedRecord = WholeRecord & { readonly packed: PackedSegments }

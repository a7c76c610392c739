// What a navigation needs besides its own request: what is known about its visitor, and the services that it may use.

import { DRAFT_COOKIE, type Waits } from '../../protocol/wire.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import type { StoredRecord } from '../../protocol/record/stored.ts'
import type { EarlyStart } from '../early-start/early-start.ts'
import type { Learning } from '../refresh/learn-shell.ts'
import type { Network } from '../transport/plain.ts'
import type { Copied, Rest } from '../transport/rest.ts'
import { withDeadline } from '../util/async.ts'
import type { Navigation } from './eligible.ts'
import type { FoundRecord } from './find-record.ts'

export type NavigationContext = {
  readonly config: WorkerConfig
  /** Asks the origin for the current record. Resolves to whether our origin has answered. */
  readonly update: () => Promise<boolean>
  readonly network: Network
  readonly copies: Copies | undefined
  readonly waits: Waits
  /** Given if shells are learned from the network's pages. */
  readonly learning?: Learning | undefined
}

/** The copy of the page that the visitor navigates to. */
export type PageCopy = {
  /** Listens to the page's rest, and keeps it if it is complete. */
  readonly keep: (start: EarlyStart | undefined) => EarlyStart
  /** The bytes to send after the shell. Undefined if no copy is kept. Never rejects. */
  readonly read: () => Promise<Uint8Array<ArrayBuffer> | undefined>
  /** The same as a rest, for a network that does not answer. Never rejects. */
  readonly rest: () => Promise<Rest | Copied>
}

/** Keeps pages as the visitor saw them (sw/copies/copies.ts). Undefined for a page that is not kept. */
export type Copies = (record: StoredRecord, request: Request) => PageCopy | undefined

/** Called with what the store had for a navigation, which the response alone does not tell. */
export type OnLookup = (request: Request, navigation: Navigation, found: FoundRecord) => void

/** The part of https://cookiestore.spec.whatwg.org that is used here. */
type CookieStore = { readonly get: (name: string) => Promise<object | null> }

/**
 * Whether this visitor is in draft mode: then every page comes from the network, rendered for them. The origin sets a cookie in addition to
 * Next's own (origin/next/draft-cookie.ts). If the browser lets no worker read cookies, the origin's refusals tell. Never rejects.
 *
 * @param milliseconds - How long the browser may take to answer: no longer than the store.
 */
export async function isInDraftMode(milliseconds: number): Promise<boolean> {
  const cookies: CookieStore | undefined = Reflect.get(globalThis, 'cookieStore')
  try {
    return cookies !== undefined && (await withDeadline(cookies.get(DRAFT_COOKIE), milliseconds)) !== null
  } catch {
    return false
  }
}

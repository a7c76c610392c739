// What a navigation goes by, beside its own request: what is known of its visitor, and what it may use.

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
  /** Asks for what there is now; whether our origin has answered. */
  readonly update: () => Promise<boolean>
  readonly network: Network
  readonly copies: Copies | undefined
  readonly waits: Waits
  /** Where shells are learned from the network's pages. */
  readonly learning?: Learning | undefined
}

/** The copy of the page that is navigated to. */
export type PageCopy = {
  /** Listens to the page's rest, and keeps it where it comes whole. */
  readonly keep: (start: EarlyStart | undefined) => EarlyStart
  /** What is to follow the shell; undefined where nothing is kept. Never rejects. */
  readonly read: () => Promise<Uint8Array<ArrayBuffer> | undefined>
  /** The same, in the place of a network that does not answer. Never rejects. */
  readonly rest: () => Promise<Rest | Copied>
}

/** Keeps pages as they were seen (sw/copies/copies.ts). Undefined for one that is not to be kept. */
export type Copies = (record: StoredRecord, request: Request) => PageCopy | undefined

/** Gets what the store had for a navigation. The response alone does not tell. */
export type OnLookup = (request: Request, navigation: Navigation, found: FoundRecord) => void

/** As much of https://cookiestore.spec.whatwg.org as is asked. */
type CookieStore = { readonly get: (name: string) => Promise<object | null> }

/**
 * Whether this visitor is in draft mode: every page is then the network's, made for them. The origin sets a cookie beside Next's own
 * (origin/next/draft-cookie.ts). A browser that lets no worker read cookies learns it from the origin's refusals. Never rejects.
 *
 * @param milliseconds - What a browser has to answer: no more than the store.
 */
export async function isInDraftMode(milliseconds: number): Promise<boolean> {
  const cookies: CookieStore | undefined = Reflect.get(globalThis, 'cookieStore')
  try {
    return cookies !== undefined && (await withDeadline(cookies.get(DRAFT_COOKIE), milliseconds)) !== null
  } catch {
    return false
  }
}

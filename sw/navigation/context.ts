// What a navigation goes by, beside its own request: what is known of its visitor, and what it may use.

import { DRAFT_COOKIE, type Waits } from '../../protocol/wire.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import type { Network } from '../transport/plain.ts'
import { withDeadline } from '../util/async.ts'
import type { Navigation } from './eligible.ts'
import type { FoundRecord } from './find-record.ts'

export type NavigationContext = {
  readonly config: WorkerConfig
  /** Asks for what there is now; whether our origin has answered. */
  readonly update: () => Promise<boolean>
  readonly network: Network
  readonly waits: Waits
}

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

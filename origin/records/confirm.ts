// The last check before a render: the page that Next found, after the app's own proxy and router, must be the record's page.

import type { Digest } from '../../protocol/digest.ts'
import type { OriginRecord } from '../../protocol/build/origin-manifest.ts'
import type { ShellInventory } from '../../protocol/shell-inventory.ts'
import type { Verdict } from '../../protocol/verdict.ts'
import type { Admitted } from '../gate/admit.ts'
import type { NextPage } from '../next/next-page.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import { digestOf } from '../../seal/hash.ts'
import type { LastServed } from './last-served.ts'
import { isRefused, Refused } from '../gate/refused.ts'
import { entryOf, keysAt } from '../next/route.ts'
import { findHeldShell } from './held-shell.ts'
import type { PageDigests } from './page-digests.ts'
import { type Opened, openPublished, type Vault } from './unseal.ts'
import type { RenderIntent } from '../gate/resume-intent.ts'

type Sources = { readonly vault: Vault; readonly digests: PageDigests; readonly lastServed: LastServed }

/** The browser's inventory of its shells, and the requested URL unchanged: Next has rewritten the request's own URL by then. */
export type Preload = { readonly inventory: ShellInventory; readonly target: string }

/** A request whose record is the page's. Only the methods below make one. */
export class Confirmed {
  declare protected readonly stage: 'confirmed'
  readonly verdict: Extract<Verdict, { kind: 'resumed' }>
  readonly #page: NextPage
  readonly #postponedState: string | undefined

  private constructor(page: NextPage, digest: Digest, { digests, current, state }: From & Known) {
    const shellHash = current === digest ? digests.shellHashOf(page) : undefined
    this.verdict = { kind: 'resumed', digest, current, isStale: page.isStale, shellHash }
    this.#page = page
    this.#postponedState = state
  }

  static async confirm(
    opened: Opened,
    page: NextPage,
    { vault, digests, lastServed }: Sources,
  ): Promise<Confirmed | Refused> {
    const entry = entryOf(page, vault.rules)
    if (isRefused(entry)) return entry
    const { key, route, digest } = opened
    const keys = [page.path, entry.pattern]
    const isOwn = route === page.route && keys.includes(key)
    if (!isOwn && !vault.known.isOf(digest, keys, page.route)) return new Refused('route')
    const current = digests.of(page)
    const from = await stateFor(opened, page, current, lastServed)
    return isRefused(from) ? from : new Confirmed(page, digest, { digests, current, ...from })
  }

  /**
   * A digest covers shell and state. A request that names the page's own digest therefore needs no state: the record is what Next has
   * now. Digests other than the build's are known in this way on every machine that has the same cache, and nowhere else.
   */
  static confirmCurrent(
    _admitted: Admitted,
    { digest }: RenderIntent,
    page: NextPage,
    { vault, digests }: Sources,
  ): Confirmed | Refused {
    const entry = entryOf(page, vault.rules)
    if (isRefused(entry)) return entry
    const current = digests.of(page)
    return current === digest
      ? new Confirmed(page, digest, { digests, current, state: page.postponedState })
      : new Refused('unknown')
  }

  /**
   * A navigation preload names no digest, but says which shell the browser shows for the page. If that is what Next has now, or what the
   * build has published, the render continues from it, as if the browser had named it. Refused if only the browser has the state.
   * Undefined if the response must be the whole document. A page without holes always gets that: some caches keep such a page whatever
   * its head says, and would then serve an empty one to everybody.
   */
  static async confirmPreload(
    { inventory, target }: Preload,
    page: NextPage,
    { vault, digests, lastServed }: Sources,
  ): Promise<Confirmed | Refused | undefined> {
    const entry = entryOf(page, vault.rules)
    if (isRefused(entry) || page.postponedState === undefined) return undefined
    const current = digests.of(page)
    const publishedOf = (key: string): OriginRecord | undefined =>
      entry.mode === 'instant' ? vault.known.ofKey(key) : undefined
    const shown = findHeldShell(inventory, keysAt(target, vault.rules), current, publishedOf)
    if (shown.kind === 'current') return new Confirmed(page, current, { digests, current, state: page.postponedState })
    if (shown.kind === 'other')
      return (await lastServed.isKnownOutdated(shown.start, page.tags)) ? undefined : new Refused('unknown')
    if (shown.kind === 'unknown' || shown.record.route !== page.route) return undefined
    const opened = await openPublished(shown.record, vault, Date.now())
    if (isRefused(opened)) return undefined
    const from = await stateFor(opened, page, current, lastServed)
    return isRefused(from) ? undefined : new Confirmed(page, opened.digest, { digests, current, ...from })
  }

  /** Has Next continue from the record's state. False if this release of Next does not allow it. */
  resume(): boolean {
    return this.#page.skipShell(this.#postponedState)
  }
}

/** What the page's path has at the origin now. */
type Known = { readonly digests: PageDigests; readonly current: Digest }
type From = { readonly state: string | undefined }

/**
 * The state from which the rest of a record's shell is rendered. The rest is never older than the page's own. Refused if the page has
 * gained or lost holes, if it is a whole document (it has no holes that would show what is new), or if only the record's own state fits
 * its shell and something in that state was revalidated.
 */
async function stateFor(
  { postponedState, digest }: Pick<Opened, 'postponedState' | 'digest'>,
  page: NextPage,
  current: Digest,
  lastServed: LastServed,
): Promise<From | Refused> {
  if (current === digest) return { state: page.postponedState }
  if (postponedState === undefined || page.postponedState === undefined) return new Refused('expired')
  // The shell is the same, only the state is new: a digest covers both.
  if (digestOf(toUtf8(page.shell), postponedState) === digest) return { state: page.postponedState }
  return (await lastServed.isOutdated(digest, page.tags)) ? new Refused('expired') : { state: postponedState }
}

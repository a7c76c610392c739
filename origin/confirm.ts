// The last word before a render: the page that Next found, behind the app's own proxy and router, is the record's. Called by
// handle.ts at that moment; the types allow no render without it.

import { createHash } from 'node:crypto'

import { type Digest, digestInput, toDigest } from '../protocol/digest.ts'
import { toUtf8 } from '../protocol/utf8.ts'
import type { NextPage } from './next-page.ts'
import { isRefused, Refused } from './refused.ts'
import { patternOf, type RoutingRules } from './route.ts'
import type { Opened } from './unseal.ts'

/** An opened request whose record is the page's. Only {@link Confirmed.confirm} makes one. */
export class Confirmed {
  declare protected readonly stage: 'confirmed'
  readonly #opened: Opened
  readonly #page: NextPage

  private constructor(opened: Opened, page: NextPage) {
    this.#opened = opened
    this.#page = page
  }

  static confirm(opened: Opened, page: NextPage, rules: RoutingRules): Confirmed | Refused {
    const pattern = patternOf(page, rules)
    if (isRefused(pattern)) return pattern
    const { key, route } = opened
    if (route !== page.route || (key !== page.path && key !== pattern)) return new Refused('route')
    return isOutdated(opened, page) ? new Refused('expired') : new Confirmed(opened, page)
  }

  /** Has Next go on from the record's state. False where this release of Next does not let us. */
  goOn(): boolean {
    return this.#page.sendOnlyRest(this.#opened.postponedState)
  }
}

/**
 * The page has got holes or lost them; or it is a whole document, which has no holes that would show what is new, and is shown
 * only while it is the current one.
 */
function isOutdated({ postponedState, digest }: Opened, page: NextPage): boolean {
  if (postponedState === undefined || page.postponedState === undefined) return digestOf(page) !== digest
  return false
}

function digestOf({ shell, postponedState = '' }: NextPage): Digest {
  const hash = createHash('sha256').update(digestInput(toUtf8(shell), toUtf8(postponedState)))
  return toDigest(hash.digest())
}

// `await expect(page).toHaveServedShell()`. Passes on the document that the page shows, or on one that it shows before the time is over: a
// click may lead to another document.

import {
  type Expect,
  type ExpectMatcherState,
  expect as base,
  type MatcherReturnType,
  type Page,
} from '@playwright/test'

import type { Outcome } from '../protocol/wire.ts'
import { readRecords } from './records.ts'
import { readDocument, type ShownDocument } from './served.ts'
import { describeServed } from './describe-served.ts'

/** What {@link expect} has in addition to Playwright's own matchers. */
export type ShellCacheMatchers = {
  /**
   * Whether the worker assembled the page's document, and how. `instant` is a shell whose holes the server fills. `static` is a whole page
   * from this browser's store. `gated` is a shell that was shown after the server had let the visitor through. `offline` is a shell without
   * its holes. Waits for a navigation that is in progress; `timeout` is that of `expect`.
   */
  readonly toHaveServedShell: (
    this: ExpectMatcherState,
    page: Page,
    outcome?: Outcome,
    options?: { readonly timeout?: number },
  ) => Promise<MatcherReturnType>
}

/** Playwright's `expect` with `toHaveServedShell()`. `mergeExpects` combines it with an `expect` of your own. */
export const expect: Expect<ShellCacheMatchers> = base.extend<ShellCacheMatchers>({ toHaveServedShell })

async function toHaveServedShell(
  this: ExpectMatcherState,
  page: Page,
  outcome?: Outcome,
  { timeout = this.timeout }: { readonly timeout?: number } = {},
): Promise<MatcherReturnType> {
  const isServed = ({ served }: ShownDocument): boolean =>
    served !== undefined && (outcome === undefined || served.outcome === outcome)
  const shown = await untilShown(page, (document) => isServed(document) !== this.isNot, timeout)
  const records = shown.served ? [] : await readRecords(page).catch(() => [])
  const hint = this.utils.matcherHint('toHaveServedShell', 'page', outcome === undefined ? '' : `'${outcome}'`, {
    isNot: this.isNot,
  })
  return { pass: isServed(shown), message: () => `${hint}\n\n${describeServed(shown, records)}` }
}

/** The first document that is wanted, or the last one when the time is over. */
async function untilShown(
  page: Page,
  isWanted: (document: ShownDocument) => boolean,
  timeout: number,
): Promise<ShownDocument> {
  const seen: ShownDocument[] = []
  await base(async () => {
    const document = await readDocument(page)
    seen.push(document)
    if (!isWanted(document)) throw new Error('not yet')
  })
    // Zero would mean no timeout.
    .toPass({ timeout: Math.max(1, timeout) })
    .catch(() => {})
  return seen.at(-1) ?? readDocument(page)
}

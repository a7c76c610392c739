// Hands a record to a browser that the app's proxy let through to its page: the way to records that lie in no public file.
// Called by handle.ts when Next has found the page.

import type { KnownRecords } from './known-records.ts'
import type { NextPage } from './next-page.ts'
import { isRefused, Refused } from './refused.ts'
import type { HeldAnswer } from './respond.ts'
import { patternOf, type RoutingRules } from './route.ts'

/** Sends the page's own record, else its route's. The request is answered in every case. */
export async function serveRecord(
  page: NextPage,
  known: KnownRecords,
  rules: RoutingRules,
  held: HeldAnswer,
): Promise<true> {
  const pattern = patternOf(page, rules)
  if (isRefused(pattern)) {
    held.refuse(pattern)
    return true
  }
  const record = [page.path, pattern].map((key) => known.ofKey(key)).find((found) => found?.route === page.route)
  const frame = record && (await known.readFrame(record))
  if (record && frame) held.sendRecord(record.digest, frame)
  else held.refuse(new Refused('unknown'))
  return true
}

// Reloads that recovery tails have asked for, where the request itself does not say that it is one: WebKit's looks like any
// visit (`cache` is `default`, WebKitGTK 2.50; e2e/specs/failures/faults.spec.ts sees it there). Without this a page whose
// resume breaks each time would reload for ever.

import { NotedUrls } from '../util/noted-urls.ts'

const expected = new NotedUrls()

/** To be called before the tail is sent. */
export function expectReload(url: string): void {
  expected.add(url)
}

/** Whether a visit to this URL is the reload that a tail asked for; the next one is a visit again. */
export function isExpectedReload(url: string): boolean {
  return expected.take(url)
}

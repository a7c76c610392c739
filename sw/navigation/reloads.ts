// Reloads that recovery tails have asked for, where the request itself does not say that it is one: WebKit's looks like any
// visit (`cache` is `default`, WebKitGTK 2.50; e2e/specs/failures/faults.spec.ts sees it there). Without this a page whose
// resume breaks each time would reload for ever. Filled by spliced.ts, asked by routing/routes.ts.

/** Milliseconds; a browser starts the reload as soon as it has parsed the tail. */
const LIFETIME = 30_000
const expected = new Map<string, number>()

/** To be called before the tail is sent. */
export function expectReload(url: string): void {
  const now = performance.now()
  for (const [known, at] of expected) if (now - at > LIFETIME) expected.delete(known)
  expected.set(url, now)
}

/** Whether a visit to this URL is the reload that a tail asked for; the next one is a visit again. */
export function isExpectedReload(url: string): boolean {
  const at = expected.get(url)
  expected.delete(url)
  return at !== undefined && performance.now() - at <= LIFETIME
}

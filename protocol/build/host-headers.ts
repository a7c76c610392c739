// Which headers of one response hold for the page: what a record may keep of those that a host adds (a server of your own, a proxy).
//   must be a list of what is kept: a host names its request ids, tokens and traces as it likes;
//   must keep no nonce: it is worth something for one answer, and a record is read by everybody.

/**
 * What makes a page stricter: a page without it is weaker. A pattern, because the worker knows them, too, and its bundle is small. Not
 * `x-content-type-options`: of a document, which names its type, it changes nothing.
 */
const SECURITY = /-polic(y|ies)$|^(x-frame-options|origin-agent-cluster)$/

/** What else is said of the page, and the same for every visitor. */
const OTHERS: ReadonlySet<string> = new Set([
  'content-language',
  'content-security-policy-report-only',
  'cross-origin-embedder-policy-report-only',
  'cross-origin-opener-policy-report-only',
  'integrity-policy-report-only',
  'link',
  'nel',
  'report-to',
  'reporting-endpoints',
  // Of the whole host, whichever answer brings it.
  'strict-transport-security',
  'x-content-type-options',
  'x-dns-prefetch-control',
  'x-download-options',
  // Next's own of a prerendered page; not `x-nextjs-cache`, which is of one answer.
  'x-nextjs-postponed',
  'x-nextjs-prerender',
  'x-nextjs-stale-time',
  'x-robots-tag',
  // No browser heeds it any more.
  'x-xss-protection',
])

/** @param name - In lower case. */
export function isSecurityHeader(name: string): boolean {
  return SECURITY.test(name)
}

/** @param name - In lower case. */
export function isOfThePage(name: string): boolean {
  return isSecurityHeader(name) || OTHERS.has(name)
}

/** Whether a header lets in what one answer names (`'nonce-…'` of a policy): no other page may be shown with it. */
export function hasNonce([, value]: readonly [name: string, value: string]): boolean {
  return /'nonce-/i.test(value)
}

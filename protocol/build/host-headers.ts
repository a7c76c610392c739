// Which headers of one response hold for the page: those of a host (a server of your own, a proxy) that a record may keep.
//   must list what is kept: a host names its request ids, tokens and traces as it likes;
//   must keep no nonce: it is valid for one response, and a record is read by everybody.

/**
 * Headers that make a page stricter: a page without them is weaker. A pattern, because the worker needs it too and its bundle is small. Not
 * `x-content-type-options`: it changes nothing for a document, which names its type.
 */
const SECURITY = /-polic(y|ies)$|^(x-frame-options|origin-agent-cluster)$/

/** The other headers about the page that are the same for every visitor. */
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
  // Of the whole host, whichever response brings it.
  'strict-transport-security',
  'x-content-type-options',
  'x-dns-prefetch-control',
  'x-download-options',
  // Next's own for a prerendered page; not `x-nextjs-cache`, which is for one response.
  'x-nextjs-postponed',
  'x-nextjs-prerender',
  'x-nextjs-stale-time',
  'x-robots-tag',
  // No browser follows it any more.
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

/** Whether a header permits what one response names (`'nonce-…'` of a policy): no other page may be shown with it. */
export function hasNonce([, value]: readonly [name: string, value: string]): boolean {
  return /'nonce-/i.test(value)
}

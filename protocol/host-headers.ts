// Which headers of one response hold for the page: what a record may keep of those that a host adds (a server of your own, a proxy).
//   must be a list of what is kept: a host names its request ids, tokens and traces as it likes;
//   must keep no nonce: it is worth something for one answer, and a record is read by everybody.

/** What makes a page stricter, or tells a browser how to treat it, and is the same for every visitor. */
const OF_THE_PAGE: ReadonlySet<string> = new Set([
  'content-language',
  'content-security-policy',
  'content-security-policy-report-only',
  'cross-origin-embedder-policy',
  'cross-origin-embedder-policy-report-only',
  'cross-origin-opener-policy',
  'cross-origin-opener-policy-report-only',
  'cross-origin-resource-policy',
  'document-policy',
  'integrity-policy',
  'integrity-policy-report-only',
  'link',
  'nel',
  'origin-agent-cluster',
  'permissions-policy',
  'referrer-policy',
  'report-to',
  'reporting-endpoints',
  'strict-transport-security',
  'x-content-type-options',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-frame-options',
  // Next's own of a prerendered page; not `x-nextjs-cache`, which is of one answer.
  'x-nextjs-postponed',
  'x-nextjs-prerender',
  'x-nextjs-stale-time',
  'x-permitted-cross-domain-policies',
  'x-robots-tag',
  'x-xss-protection',
])

/** @param name - In lower case. */
export function isOfThePage(name: string): boolean {
  return OF_THE_PAGE.has(name)
}

/** Whether a header lets in what one answer names (`'nonce-…'` of a policy): no other page may be shown with it. */
export function hasNonce(name: string, value: string): boolean {
  return name.startsWith('content-security-policy') && /'nonce-/i.test(value)
}

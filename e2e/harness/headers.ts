// Compares the headers of an assembled response with the network's: all must be equal except this list (docs/architecture.md, invariant 7).

/** Headers of the transport, of the cache between Next and the network, or of the worker itself. */
const NOT_COMPARED = [
  'connection',
  'content-encoding',
  'content-length',
  'date',
  'etag',
  'keep-alive',
  'server-timing',
  'transfer-encoding',
  'x-nextjs-cache',
]

export const SECURITY_HEADERS = [
  'content-security-policy',
  'strict-transport-security',
  'x-frame-options',
  'cross-origin-opener-policy',
] as const

export function comparable(headers: Record<string, string>): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => !NOT_COMPARED.includes(name))
  // The server's compression adds itself to `Vary`; Next 16.4.6 says twice that a page is static.
  const plain = (value: string): string => value.replace(', Accept-Encoding', '').replace(/^1, 1$/, '1')
  return Object.fromEntries(kept.map(([name, value]) => [name, plain(value)]))
}

/** Headers as a browser reports them: one string for each. */
export function toTexts(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}

// Tells whether a request may change who the visitor of this browser is, by the names that apps give to such addresses: the next visitor
// must not see what this one saw. For addresses with other names, only the app can tell (`purge()`). Pure.

import { ENDS_SESSION } from '../util/address.ts'

const BEGINS = /(log|sign)[-_]?(in|on|up)|auth|session/i
const PREFETCHES = ['next-router-prefetch', 'next-router-segment-prefetch', 'sec-purpose']

export function mayChangeVisitor({ method, url, headers }: Pick<Request, 'method' | 'url' | 'headers'>): boolean {
  const { origin, pathname } = new URL(url)
  if (origin !== location.origin || PREFETCHES.some((name) => headers.has(name))) return false
  return ENDS_SESSION.test(pathname) || (method !== 'GET' && BEGINS.test(pathname))
}

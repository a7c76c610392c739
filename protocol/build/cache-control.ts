// The `cache-control` that Next sends with a prerendered page (`getCacheControlHeader` for static ones). Used for the headers of records,
// at build and at the origin.

import type { Lifetime } from '../record/record.ts'

export function cacheControlOf(hasHoles: boolean, { revalidate, expire }: Lifetime): string {
  if (hasHoles) return 'private, no-cache, no-store, max-age=0, must-revalidate'
  if (revalidate === undefined) return 's-maxage=31536000'
  const stale = expire !== undefined && expire > revalidate ? `, stale-while-revalidate=${expire - revalidate}` : ''
  return `s-maxage=${revalidate}${stale}`
}

// The app in which shells change while the server runs (freshness.spec.ts, shared.spec.ts). FRESH_NAMES is the file with the names.
// FRESH_SHARED names the cache handler that keeps pages in Redis, so that several servers can share both (caches.ts).

import { withShellCache } from 'next-shell-cache'

import { cachesOf } from './caches'

const headers = () =>
  Promise.resolve([
    { source: '/:path*', headers: [{ key: 'content-security-policy', value: "frame-ancestors 'none'" }] },
    { source: '/items/:id', headers: [{ key: 'x-section', value: 'items' }] },
  ])

export default withShellCache(
  {
    cacheComponents: true,
    partialPrefetching: true,
    headers,
    env: { FRESH_BUILD: process.env.FRESH_BUILD ?? 'one' },
    ...cachesOf(process.env.FRESH_SHARED),
  },
  { timeouts: { store: 2000, response: 3000, idle: 3000 }, invalidateOn: ['/api/'], budget: { records: 10 } },
)

// Where shells change while the server runs (freshness.spec.ts, shared.spec.ts). FRESH_NAMES is the file that the names are kept
// in, FRESH_SHARED has the build keep its pages in Redis, so that several servers can share both.

import { join } from 'node:path'

import { withShellCache } from 'next-shell-cache'

const shared =
  process.env.FRESH_SHARED === undefined
    ? {}
    : { cacheHandler: join(process.cwd(), 'redis-cache.mjs'), cacheMaxMemorySize: 0 }

const headers = () =>
  Promise.resolve([
    { source: '/:path*', headers: [{ key: 'content-security-policy', value: "frame-ancestors 'none'" }] },
    { source: '/items/:id', headers: [{ key: 'x-section', value: 'items' }] },
  ])

export default withShellCache(
  { cacheComponents: true, partialPrefetching: true, headers, ...shared },
  { timeouts: { store: 2000, response: 3000, idle: 3000 }, invalidateOn: ['/api/'], budget: { records: 10 } },
)

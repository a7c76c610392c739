// The app whose responses depend on the request in every possible way: a proxy, a redirect, a rewrite, conditional headers.

import { withShellCache } from 'next-shell-cache'

export default withShellCache(
  {
    cacheComponents: true,
    // Fixed at build: a resume must request the same URL that the build has cached (app/canary/page.tsx).
    env: { CANARY_UPSTREAM: process.env['CANARY_UPSTREAM'] ?? '' },
    headers: async () => [
      { source: '/conditional', has: [{ type: 'cookie', key: 'a' }], headers: [{ key: 'x-a', value: '1' }] },
      {
        source: '/:path*',
        headers: [
          { key: 'x-all', value: 'yes' },
          { key: 'strict-transport-security', value: 'max-age=63072000' },
          { key: 'cross-origin-opener-policy', value: 'same-origin' },
          { key: 'x-frame-options', value: 'DENY' },
        ],
      },
      { source: '/p/:slug', headers: [{ key: 'x-slug', value: ':slug' }] },
    ],
    redirects: async () => [
      { source: '/moved', destination: '/', permanent: false },
      { source: '/sometimes', has: [{ type: 'cookie', key: 'away' }], destination: '/login', permanent: false },
    ],
    rewrites: async () => ({
      beforeFiles: [
        { source: '/rewritten', missing: [{ type: 'cookie', key: 'stay' }], destination: '/open' },
        { source: '/docs/:path*', destination: '/p/:path*' },
        { source: '/streamed/:kind', destination: '/api/stream/:kind' },
      ],
      afterFiles: [],
      fallback: [],
    }),
  },
  { routes: { '/vouched': 'instant', '/seen/instant': 'instant', '/seen/static': 'instant', '/seen/off': 'off' } },
)

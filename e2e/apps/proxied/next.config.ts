// Everything that takes a page out of the shell cache: a proxy, a redirect, a rewrite, a header that depends on the request.

import { withShellCache } from 'next-shell-cache'

export default withShellCache({
  cacheComponents: true,
  headers: async () => [
    { source: '/conditional', has: [{ type: 'cookie', key: 'a' }], headers: [{ key: 'x-a', value: '1' }] },
    { source: '/:path*', headers: [{ key: 'x-all', value: 'yes' }] },
    { source: '/p/:slug', headers: [{ key: 'x-slug', value: ':slug' }] },
  ],
  redirects: async () => [{ source: '/moved', destination: '/', permanent: false }],
  rewrites: async () => ({ beforeFiles: [{ source: '/rewritten', destination: '/' }], afterFiles: [], fallback: [] }),
})

// A site whose pages are at the root, like those of a CMS: every path of the app, ours too, looks like a page. Old addresses redirect to
// new ones, and one name is rewritten to another page.

import { withShellCache } from 'next-shell-cache'

export default withShellCache(
  {
    cacheComponents: true,
    redirects: async () => [
      { source: '/old-post', destination: '/new-post', permanent: true },
      { source: '/archive/:year', destination: '/:year', permanent: false },
    ],
    rewrites: async () => ({
      beforeFiles: [
        { source: '/featured', destination: '/anything' },
        { source: '/deep/old/address', destination: '/posts/one' },
      ],
      afterFiles: [],
      fallback: [],
    }),
  },
  { inspector: true, maxConcretePages: 3, routes: { '/[[...elsewhere]]': 'instant' } },
)

// A site whose pages begin at the root, as those of a CMS do: every path of the app, ours too, has the form of a page. Old addresses
// lead to new ones, and one name shows another page.

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

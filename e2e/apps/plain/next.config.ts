// A base path, trailing slashes, Partial Prefetching, patterns that shadow each other, names beyond ASCII, large holes in parallel.

import { withShellCache } from 'next-shell-cache'

export default withShellCache({
  cacheComponents: true,
  partialPrefetching: true,
  basePath: '/docs',
  trailingSlash: true,
})

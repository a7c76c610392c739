// A base path, trailing slashes, patterns that shadow each other, names beyond ASCII, large holes in parallel.

import { withShellCache } from 'next-shell-cache'

export default withShellCache({ cacheComponents: true, basePath: '/docs', trailingSlash: true })

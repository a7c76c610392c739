// @mrjasonroy/cache-components-cache-handler, as its "Quick Start" says. It reads REDIS_URL.

import { createCacheHandler } from '@mrjasonroy/cache-components-cache-handler'

export default createCacheHandler({ type: 'redis' })

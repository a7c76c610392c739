// Where shells change while the server runs (freshness.spec.ts). FRESH_NAMES is the file that the names are kept in, so that
// several servers can share them.

import { withShellCache } from 'next-shell-cache'

const redis =
  process.env.FRESH_REDIS === undefined ? {} : { cacheHandler: process.env.FRESH_REDIS, cacheMaxMemorySize: 0 }

export default withShellCache(
  { cacheComponents: true, partialPrefetching: true, ...redis },
  { deadlines: { store: 2000, answer: 3000, silence: 3000 }, observe: ['/api/'], budget: { records: 8 } },
)

// The bench's app with a page of sixty links. BENCH_ARM decides whether it has this package.

import type { NextConfig } from 'next'
import { withShellCache } from 'next-shell-cache'

const isOurs = process.env.BENCH_ARM === 'ours'

const config: NextConfig = {
  cacheComponents: true,
  generateBuildId: () => 'soft',
  turbopack: { resolveAlias: { 'bench-worker': isOurs ? './worker/ours.tsx' : './worker/none.tsx' } },
}

export default isOurs ? withShellCache(config) : config

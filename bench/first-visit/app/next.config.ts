// The bench's app with many posts. BENCH_ARM decides whether it has this package, PAGES how many posts, INLINE_CSS whether each page
// contains the stylesheet.

import type { NextConfig } from 'next'
import { withShellCache } from 'next-shell-cache'

const isOurs = process.env.BENCH_ARM === 'ours'

const config: NextConfig = {
  cacheComponents: true,
  partialPrefetching: false,
  experimental: { inlineCss: process.env.INLINE_CSS === '1' },
  turbopack: { resolveAlias: { 'bench-worker': isOurs ? './worker/ours.tsx' : './worker/none.tsx' } },
}

export default isOurs ? withShellCache(config) : config

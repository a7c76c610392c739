// The bench's app with an address for each way to a page (bench/ways/ways.ts). BENCH_ARM decides whether it has this package, BENCH_BUILD
// which of two deploys it is.

import type { NextConfig } from 'next'
import { withShellCache } from 'next-shell-cache'

const isOurs = process.env.BENCH_ARM === 'ours'

const config: NextConfig = {
  cacheComponents: true,
  partialPrefetching: false,
  generateBuildId: () => `deploy-${process.env.BENCH_BUILD}`,
  redirects: async () => [{ source: '/moved', destination: '/small', permanent: false }],
  rewrites: async () => [{ source: '/alias', destination: '/posts/first' }],
  turbopack: { resolveAlias: { 'bench-worker': isOurs ? './worker/ours.tsx' : './worker/none.tsx' } },
}

export default isOurs ? withShellCache(config) : config

// One app, four builds: as Next makes it, and with this package in each of the ways for the rest of a page to come. BENCH_ARM
// names one of those (bench/apps.ts); nothing else differs.

import type { NextConfig } from 'next'
import { withShellCache } from 'next-shell-cache'

// `preload` is always said: the arms must stay what they are whatever its default is.
const OPTIONS = {
  preload: { preload: true },
  post: { preload: false },
  prefix: { transport: 'prefix', preload: true },
} as const

const arm = Object.entries(OPTIONS).find(([name]) => name === process.env.BENCH_ARM)

const config: NextConfig = {
  cacheComponents: true,
  // With it Next itself renders the hole of a visit twice, and a render too many would not be seen.
  partialPrefetching: false,
  // The plain build has no script of ours on its pages.
  turbopack: { resolveAlias: { 'bench-worker': arm ? './worker/ours.tsx' : './worker/none.tsx' } },
}

export default arm ? withShellCache(config, arm[1]) : config

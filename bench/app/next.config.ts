// One app, five builds: plain Next, this package with each of the transports for the rest of a page, and with an early start.
// BENCH_ARM selects one of them (bench/apps.ts); nothing else differs.

import type { NextConfig } from 'next'
import { withShellCache } from 'next-shell-cache'

// The options in which the arms differ are always explicit, so that a changed default does not change an arm.
const OPTIONS = {
  preload: { preload: true, earlyStart: false },
  post: { preload: false, earlyStart: false },
  prefix: { transport: 'prefix', preload: true, earlyStart: false },
  early: { preload: true, earlyStart: true },
} as const

const arm = Object.entries(OPTIONS).find(([name]) => name === process.env.BENCH_ARM)

const config: NextConfig = {
  cacheComponents: true,
  // With it Next itself renders the hole of a visit twice, so an extra render would not be noticed.
  partialPrefetching: false,
  // The plain build has no script of ours on its pages.
  turbopack: { resolveAlias: { 'bench-worker': arm ? './worker/ours.tsx' : './worker/none.tsx' } },
}

export default arm ? withShellCache(config, arm[1]) : config

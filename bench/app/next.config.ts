// One app, five builds: as Next makes it, with this package in each of the ways for the rest of a page to come, and with an early start.
// BENCH_ARM names one of those (bench/apps.ts); nothing else differs.

import type { NextConfig } from 'next'
import { withShellCache } from 'next-shell-cache'

// What arms differ in is always said: they must stay what they are whatever the defaults are.
const OPTIONS = {
  preload: { preload: true, earlyStart: false },
  post: { preload: false, earlyStart: false },
  prefix: { transport: 'prefix', preload: true, earlyStart: false },
  early: { preload: true, earlyStart: true },
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

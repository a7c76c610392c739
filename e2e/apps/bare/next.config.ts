// The smallest app with a shell. SHELL_CACHE_TEST picks another config: one that the shell cache must decline without
// breaking the build, or standalone output.

import type { NextConfig } from 'next'
import { withShellCache } from 'next-shell-cache'

const configs: Record<string, NextConfig> = {
  'no-cache-components': {},
  export: { output: 'export' },
  'other-adapter': { cacheComponents: true, adapterPath: `${process.cwd()}/other-adapter.mjs` },
  standalone: { cacheComponents: true, output: 'standalone' },
  'taken-worker': { cacheComponents: true, rewrites: async () => [{ source: '/sw.js', destination: '/about' }] },
}

export default withShellCache(configs[process.env.SHELL_CACHE_TEST ?? ''] ?? { cacheComponents: true })

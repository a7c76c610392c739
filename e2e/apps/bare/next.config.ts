// The smallest app with a shell. SHELL_CACHE_TEST selects another config: one that the shell cache must decline without breaking the
// build, standalone output, an adapter that replaces ours, a worker of its own that is missing, or its own registration.

import type { NextConfig } from 'next'
import { withShellCache } from 'next-shell-cache'

const configs: Record<string, NextConfig> = {
  export: { output: 'export' },
  standalone: { cacheComponents: true, output: 'standalone' },
  'taken-worker': { cacheComponents: true, rewrites: async () => [{ source: '/sw.js', destination: '/about' }] },
}

const name = process.env.SHELL_CACHE_TEST ?? ''
const config = configs[name] ?? { cacheComponents: true }

const wrappers: Record<string, (config: NextConfig) => NextConfig> = {
  'replaced-adapter': (config) => ({ ...withShellCache(config), adapterPath: `${process.cwd()}/other-adapter.mjs` }),
  'own-registration': (config) => withShellCache(config, { register: false }),
  'own-worker': (config) => withShellCache(config, { worker: './app/sw.ts' }),
}
export default (wrappers[name] ?? withShellCache)(config)

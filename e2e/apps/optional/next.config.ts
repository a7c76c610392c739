// The app for options. SHELL_CACHE_TEST selects one: actions that carry a state, with a share that the server may set; Next's own resume
// protocol; a worker that waits and takes whole documents; or a worker that keeps copies of visited pages.

import { type ShellCacheOptions, withShellCache } from 'next-shell-cache'

const options: Record<string, ShellCacheOptions> = {
  acting: { actions: true, rollout: 1 },
  patient: { update: 'prompt', transport: 'prefix' },
  copying: {
    offlineCopies: ['/p/[slug]', '/seen/[slug]', '/stamp/**'],
    staleHoles: true,
    routes: { '/stamp/**': 'gated' },
    timeouts: { store: 2000, offline: 9000 },
  },
  guide: { transport: 'next-resume', postponedState: 'raw' },
}

export default withShellCache({ cacheComponents: true }, options[process.env.SHELL_CACHE_TEST ?? ''] ?? {})

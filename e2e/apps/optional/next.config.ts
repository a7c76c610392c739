// What options add. SHELL_CACHE_TEST picks one: actions behind a state with a share that the server may name, Next's own resume protocol, a worker that waits and takes whole
// documents, or one that keeps pages as they were seen.

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

// What options add. SHELL_CACHE_TEST picks one: actions behind a state with a share that the server may name, Next's own resume protocol, or a worker that waits and
// takes whole documents.

import { type ShellCacheOptions, withShellCache } from 'next-shell-cache'

const options: Record<string, ShellCacheOptions> = {
  acting: { actions: true, rollout: 1 },
  patient: { update: 'prompt', transport: 'prefix' },
  guide: { transport: 'next-resume', postponedState: 'raw' },
}

export default withShellCache({ cacheComponents: true }, options[process.env.SHELL_CACHE_TEST ?? ''] ?? {})

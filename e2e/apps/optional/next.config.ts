// What options add. SHELL_CACHE_TEST picks one: actions behind a state, or Next's own resume protocol.

import { type ShellCacheOptions, withShellCache } from 'next-shell-cache'

const options: Record<string, ShellCacheOptions> = {
  acting: { actions: true },
  guide: { transport: 'next-resume', postponedState: 'raw' },
}

export default withShellCache({ cacheComponents: true }, options[process.env.SHELL_CACHE_TEST ?? ''] ?? {})

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { createShellCacheAdapter } from 'next-shell-cache/adapter'

const platform = {
  name: 'platform',
  modifyConfig: (config) => ({
    ...config,
    headers: async () => [{ source: '/:path*', headers: [{ key: 'x-platform', value: 'here' }] }],
  }),
  onBuildComplete: ({ distDir }) => writeFile(join(distDir, 'platform.txt'), 'deployed'),
}

// A busy machine must not decide which rung of the ladder a test stands on.
export default createShellCacheAdapter({ extend: platform, timeouts: { store: 5000 } })

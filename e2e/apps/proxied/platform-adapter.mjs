// A host's adapter, named by NEXT_ADAPTER_PATH. It changes the config in place, and deploys only the files that Next lists for it.

import { cp } from 'node:fs/promises'
import { join } from 'node:path'

export default {
  name: 'platform',
  modifyConfig(config) {
    config.env['PLATFORM'] = 'here'
    return config
  },
  async onBuildComplete({ distDir, outputs }) {
    for (const { filePath, pathname } of outputs.staticFiles) await cp(filePath, join(distDir, 'platform', pathname))
  },
}

// A host's adapter, as NEXT_ADAPTER_PATH names one: it changes the config in place, and deploys what Next lists for it and nothing else.

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

// A workspace of a monorepo whose packages are not hoisted, standalone, its scripts on another origin.

import { join } from 'node:path'

import type { NextConfig } from 'next'
import { withShellCache } from 'next-shell-cache'

const root = join(__dirname, '../..')

export default withShellCache(async (): Promise<NextConfig> => {
  return {
    cacheComponents: true,
    output: 'standalone',
    outputFileTracingRoot: root,
    turbopack: { root },
    transpilePackages: ['@acme/ui'],
    assetPrefix: 'http://cdn.test',
  }
})

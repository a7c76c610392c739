// A function, other packages' wrappers, src/, a folder of its own for the build, assets below a path of their own, a deployment id.

import createMDX from '@next/mdx'
import { PHASE_DEVELOPMENT_SERVER } from 'next/constants.js'
import { withShellCache } from 'next-shell-cache'

const withMDX = createMDX()

export default withShellCache((phase) =>
  withMDX({
    cacheComponents: true,
    pageExtensions: ['ts', 'tsx', 'mdx'],
    distDir: 'build',
    deploymentId: 'deploy-1',
    ...(phase === PHASE_DEVELOPMENT_SERVER ? {} : { assetPrefix: '/assets' }),
  }),
)

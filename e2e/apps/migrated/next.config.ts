import type { NextConfig } from 'next'
import { withShellCache } from 'next-shell-cache'

const config: NextConfig = {
  cacheComponents: true,
  rewrites: async () => [{ source: '/service-worker.js', destination: '/_next/static/shell-cache/sw.js' }],
}

export default withShellCache(config)

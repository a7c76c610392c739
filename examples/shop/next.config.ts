import type { NextConfig } from 'next'
import { withShellCache } from 'next-shell-cache'

// React needs eval() for its error messages under `next dev`, and nowhere else.
const scripts = process.env.NODE_ENV === 'development' ? "'unsafe-inline' 'unsafe-eval'" : "'unsafe-inline'"
const policy = [
  "default-src 'self'",
  `script-src 'self' ${scripts}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const config: NextConfig = {
  cacheComponents: true,
  partialPrefetching: true,
  // With this option, a link that is clicked without a network waits in the page that it leads to. Without it, the stored page opens.
  experimental: { useOffline: process.env.SHOP_USE_OFFLINE === '1' },
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'Content-Security-Policy', value: policy },
        { key: 'Strict-Transport-Security', value: 'max-age=31536000' },
        { key: 'X-Frame-Options', value: 'DENY' },
        { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
        { key: 'Permissions-Policy', value: 'camera=(), microphone=()' },
        { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
      ],
    },
    { source: '/products/:slug', headers: [{ key: 'X-Shop-Section', value: 'product' }] },
  ],
}

export default withShellCache(config, { offline: '/offline', worker: './app/sw.ts' })

// CommonJS, built by Webpack.

const withBundleAnalyzer = require('@next/bundle-analyzer')({ enabled: process.env.ANALYZE === 'true' })
const { withShellCache } = require('next-shell-cache')

module.exports = withBundleAnalyzer(withShellCache({ cacheComponents: true }))

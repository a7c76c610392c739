// CommonJS, built by Webpack. One option is written wrong.

const withBundleAnalyzer = require('@next/bundle-analyzer')({ enabled: process.env.ANALYZE === 'true' })
const { withShellCache } = require('next-shell-cache')

module.exports = withBundleAnalyzer(withShellCache({ cacheComponents: true }, { maxShellByte: 1 }))

// Entry `next-shell-cache`.

export { withShellCache, type ConfigFunction } from './with-shell-cache.ts'
export type { ShellCacheOptions } from './shell-cache-options.ts'

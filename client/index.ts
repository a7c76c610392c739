// Entry `next-shell-cache/client`.

export { registerShellCache, type ShellCacheClientOptions, type ShellCacheHandle } from './handle.ts'
export type { ShellCacheState } from './state.ts'

// What the adapter and Next's bundler leave in the client's code as constants. Both names are replaced at build time, so
// each must be spelled out whole where it is read.

declare const process: { readonly env: { readonly NODE_ENV?: string; readonly SHELL_CACHE_WORKER?: string } }

/** The worker's path with `basePath`, or undefined where this build has no worker (the adapter said why). */
export function builtWorkerUrl(): string | undefined {
  return process.env.SHELL_CACHE_WORKER
}

export function isProduction(): boolean {
  return process.env.NODE_ENV === 'production'
}
